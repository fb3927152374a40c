import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { PrivacyRequest, PrivacyState } from "../api/admin";
import { api, call } from "../api/client";

export const PRIVACY_REQUESTS = ["privacy-requests"] as const;

export const privacyRequestsQuery = (state: PrivacyState) =>
  queryOptions({
    queryKey: [...PRIVACY_REQUESTS, state],
    queryFn: ({ signal }) => call(api.GET("/api/privacy-requests", { params: { query: { state } }, signal })),
    refetchOnWindowFocus: true,
  });

/** Somebody on the page goes by a code: the name comes a moment after the first message. */
export function showsNameless(client: QueryClient): boolean {
  return client
    .getQueriesData<PrivacyRequest[]>({ queryKey: PRIVACY_REQUESTS, type: "active" })
    .some(([, requests]) =>
      requests?.some(({ contact }) => contact !== null && contact.name === contact.code),
    );
}

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
