import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { paths } from "../api/schema";
import { startOfDay } from "../shared/time/calendar";
import type { LogSearch } from "./search";

type Json<R> = R extends { content: { "application/json": infer B } } ? B : never;

export type AccessEntry = Json<paths["/api/access-log"]["get"]["responses"][200]>["items"][number];
export type RefusalEntry = Json<paths["/api/access-refusals"]["get"]["responses"][200]>["items"][number];
export type AuditEntry = Json<paths["/api/audit-log"]["get"]["responses"][200]>["items"][number];
export type Explanation = Json<paths["/api/visibility/explain"]["get"]["responses"][200]>;
type AuditQuery = NonNullable<paths["/api/audit-log"]["get"]["parameters"]["query"]>;

const DAY_MS = 86_400_000;
const SHOWN = { placeholderData: keepPreviousData, staleTime: 0, refetchOnWindowFocus: true } as const;

/** The filters that all logs share. Both days are within. */
function shared(search: LogSearch, zone: string) {
  const nextDay = search.until && new Date(Date.parse(search.until) + DAY_MS).toISOString().slice(0, 10);
  return {
    ...(search.staff && { staff_id: search.staff }),
    ...(search.from && { since: new Date(startOfDay(search.from, zone)).toISOString() }),
    ...(nextDay && { until: new Date(startOfDay(nextDay, zone)).toISOString() }),
  };
}

export const accessLogQuery = (search: LogSearch, zone: string) =>
  infiniteQueryOptions({
    queryKey: ["access-log", search, zone],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/access-log", {
          params: {
            query: {
              ...shared(search, zone),
              ...(search.conversation && { conversation_id: search.conversation }),
              ...(search.road && { road: search.road }),
              ...(pageParam && { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...SHOWN,
  });

export const refusalsQuery = (search: LogSearch, zone: string) =>
  infiniteQueryOptions({
    queryKey: ["access-refusals", search, zone],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/access-refusals", {
          params: {
            query: {
              ...shared(search, zone),
              ...(search.conversation && { conversation_id: search.conversation }),
              ...(pageParam && { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...SHOWN,
  });

export const auditLogQuery = (search: LogSearch, zone: string) =>
  infiniteQueryOptions({
    queryKey: ["audit-log", search, zone],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/audit-log", {
          params: {
            query: {
              ...shared(search, zone),
              ...(search.action && { action: search.action as NonNullable<AuditQuery["action"]> }),
              ...(pageParam && { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...SHOWN,
  });

export const auditActionsQuery = queryOptions({
  queryKey: ["audit-actions"],
  queryFn: ({ signal }) => call(api.GET("/api/audit-log/actions", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const sightQuery = (staffId: number, conversationId: number) =>
  queryOptions({
    queryKey: ["sight", staffId, conversationId],
    queryFn: ({ signal }) =>
      call(
        api.GET("/api/visibility/explain", {
          params: { query: { staff_id: staffId, conversation: `${conversationId}` } },
          signal,
        }),
      ),
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: true,
  });
