import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, call } from "../api/client";
import type { MessagePage, View } from "../api/types";

export const LIST_PAGE = 50;
export const THREAD_PAGE = 50;

export function fetchList(view: View, before: string | null, signal?: AbortSignal) {
  return call(
    api.GET("/api/conversations", {
      params: { query: { view, limit: LIST_PAGE, ...(before && { before }) } },
      signal: signal ?? null,
    }),
  );
}

export function fetchMessages(id: number, before: string | null, signal?: AbortSignal) {
  return call(
    api.GET("/api/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: id }, query: { limit: THREAD_PAGE, ...(before && { before }) } },
      signal: signal ?? null,
    }),
  );
}

/** Single messages of a thread, by their ids; those that one may not see are left out. */
export async function fetchThese(id: number, ids: readonly number[]): Promise<MessagePage["items"]> {
  const page = await call(
    api.GET("/api/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: id }, query: { ids: ids.join(",") } },
    }),
  );
  return page.items;
}

export function fetchConversation(id: number, signal?: AbortSignal) {
  return call(
    api.GET("/api/conversations/{conversation_id}", {
      params: { path: { conversation_id: id } },
      signal: signal ?? null,
    }),
  );
}

export const LISTS = ["conversations"] as const;
export const THREADS = ["messages"] as const;
export const DETAILS = ["conversation"] as const;
export const NOTES = ["notes"] as const;
export const CUSTODY = ["custody"] as const;
export const SHARES = ["shares"] as const;
export const TEMPLATES = ["templates"] as const;

export const listQuery = (view: View) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, view],
    queryFn: ({ pageParam, signal }) => fetchList(view, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const conversationQuery = (id: number) =>
  queryOptions({
    queryKey: [...DETAILS, id],
    queryFn: ({ signal }) => fetchConversation(id, signal),
  });

/** Pages go from the newest to older ones; inside a page the oldest message comes first. */
export const threadQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: [...THREADS, id],
    queryFn: ({ pageParam, signal }) => fetchMessages(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
