import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { PrivacyState } from "../api/admin";
import { api, call } from "../api/client";

export const PRIVACY_REQUESTS = ["privacy-requests"] as const;

export const privacyRequestsQuery = (state: PrivacyState) =>
  queryOptions({
    queryKey: [...PRIVACY_REQUESTS, state],
    queryFn: ({ signal }) => call(api.GET("/api/privacy-requests", { params: { query: { state } }, signal })),
    refetchOnWindowFocus: true,
  });

export function useCloseRequest(requestId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (note: string) =>
      call(
        api.POST("/api/privacy-requests/{request_id}/closure", {
          params: { path: { request_id: requestId } },
          body: { note },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: PRIVACY_REQUESTS }),
  });
}
