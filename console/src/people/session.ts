import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { Me } from "../api/types";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => call(api.GET("/api/session", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => call(api.GET("/api/setup", { signal })),
  staleTime: 60_000,
});

/** The signed-in person. Only for pages behind sign-in, where the router has loaded it already. */
export function useMe(): Me {
  return useSuspenseQuery(sessionQuery).data;
}

export function useCan(permission: string): boolean {
  return useMe().permissions.includes(permission);
}

/** The page with what somebody still has to do before all else; null: nothing. */
export function missingOf(me: Me): "/second-factor" | "/recording" | null {
  if (me.needs_second_factor) return "/second-factor";
  return me.recording_confirmed ? null : "/recording";
}
