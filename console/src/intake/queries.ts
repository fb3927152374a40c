import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../api/client";

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

/** Runs a quarantined item through the pipeline again. */
export function useRetryItem() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      call(api.POST("/api/quarantine/{item_id}/retry", { params: { path: { item_id: id } } })),
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
