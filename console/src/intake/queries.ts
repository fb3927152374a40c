import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { QuarantineItem } from "../api/types";

const PAGE = 50;

export const quarantineQuery = infiniteQueryOptions({
  queryKey: ["quarantine"],
  queryFn: ({ pageParam, signal }) =>
    call(
      api.GET("/api/quarantine", {
        params: { query: { limit: PAGE, ...(pageParam && { before: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
  refetchOnWindowFocus: true,
});

/** Puts a quarantined item back in the queue; the outcome shows in the list, which says when it changed. */
export function useRetryItem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: QuarantineItem) =>
      call(api.POST("/api/quarantine/{quarantine_id}/retry", { params: { path: { quarantine_id: id } } })),
    onSettled: () => client.invalidateQueries({ queryKey: quarantineQuery.queryKey }),
  });
}

export function useRetryAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST("/api/quarantine/retry")),
    onSettled: () => client.invalidateQueries({ queryKey: quarantineQuery.queryKey }),
  });
}
