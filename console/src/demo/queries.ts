import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Demo } from "../api/admin";
import { api, call } from "../api/client";
import { useCan } from "../people/session";

const BUSY_MS = 1_000;
const CALM_MS = 30_000;

export const demoQuery = queryOptions({
  queryKey: ["demo"],
  queryFn: ({ signal }) => call(api.GET("/api/demo", { signal })),
  staleTime: CALM_MS,
});

/** The same while somebody looks at it: it fills and empties by itself. */
export const watchedDemoQuery = queryOptions({
  ...demoQuery,
  refetchInterval: ({ state }) => (isBusy(state.data) ? BUSY_MS : CALM_MS),
});

export function isBusy(demo: Demo | undefined): boolean {
  return demo?.state === "preparing" || demo?.state === "clearing";
}

/** Whether there is a demo that its page could show. */
export function useHasDemo(): boolean {
  const allowed = useCan("demo:manage");
  const { data } = useQuery({ ...demoQuery, enabled: allowed });
  return data !== undefined && data.state !== "none" && data.state !== "cleared";
}

export function useClearDemo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(api.POST("/api/demo/clearance")),
    onSuccess: (demo) => client.setQueryData(demoQuery.queryKey, demo),
    onError: () => client.invalidateQueries({ queryKey: demoQuery.queryKey }),
  });
}
