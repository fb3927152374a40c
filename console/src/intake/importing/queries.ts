import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api, call } from "../../api/client";
import type { HistoryImport, HistoryState, Plan } from "../../api/history";
import { sendFile } from "../../api/upload";

export const IMPORTS = ["history-imports"] as const;
/** Told by the server as it goes on; these are for when a word was lost. */
const BUSY_MS = 2_000;

export function isBusy(state: HistoryState | undefined): boolean {
  return state === "checking" || state === "running" || state === "undoing";
}

export const importsQuery = infiniteQueryOptions({
  queryKey: [...IMPORTS, "list"],
  queryFn: ({ pageParam, signal }) =>
    call(
      api.GET("/api/history-imports", { params: { query: pageParam ? { before: pageParam } : {} }, signal }),
    ),
  initialPageParam: null as number | null,
  getNextPageParam: (page) => page.next,
  refetchOnWindowFocus: true,
});

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: [...IMPORTS, id],
    queryFn: ({ signal }) =>
      call(api.GET("/api/history-imports/{import_id}", { params: { path: { import_id: id } }, signal })),
    refetchInterval: ({ state }) => (isBusy(state.data?.state) ? BUSY_MS : false),
    refetchOnWindowFocus: true,
  });

export const undoQuery = (id: number) =>
  queryOptions({
    queryKey: [...IMPORTS, id, "undo"],
    queryFn: ({ signal }) =>
      call(api.GET("/api/history-imports/{import_id}/undo", { params: { path: { import_id: id } }, signal })),
    staleTime: 0,
  });

/** Sends a file and says how far that is, 0 to 1. */
export function useUpload() {
  const client = useQueryClient();
  const [share, setShare] = useState(0);
  const aborting = useRef<AbortController | null>(null);
  const mutation = useMutation({
    mutationFn: (file: File) => {
      setShare(0);
      aborting.current = new AbortController();
      return sendFile<HistoryImport>("/api/history-imports", file, setShare, aborting.current.signal);
    },
    onSuccess: (made) => {
      client.setQueryData(importQuery(made.id).queryKey, made);
      void client.invalidateQueries({ queryKey: importsQuery.queryKey });
    },
  });
  return { ...mutation, share, stop: () => aborting.current?.abort() };
}

export function useCheck(id: number) {
  const keep = useKeep(id);
  return useMutation({
    mutationFn: ({ columns, ours, zone, monthFirst, accountId, custodianId }: Plan & { zone: string }) =>
      call(
        api.POST("/api/history-imports/{import_id}/preview", {
          params: { path: { import_id: id } },
          body: {
            mapping: { columns, ours, zone, month_first: monthFirst },
            account_id: accountId,
            custodian_id: custodianId,
          },
        }),
      ),
    onSuccess: keep,
  });
}

export function useStart(id: number) {
  const keep = useKeep(id);
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/history-imports/{import_id}/start", { params: { path: { import_id: id } } })),
    onSuccess: keep,
  });
}

export function useUndo(id: number) {
  const keep = useKeep(id);
  return useMutation({
    mutationFn: () =>
      call(api.POST("/api/history-imports/{import_id}/undo", { params: { path: { import_id: id } } })),
    onSuccess: keep,
  });
}

export function useDiscard(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      call(api.DELETE("/api/history-imports/{import_id}", { params: { path: { import_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: importsQuery.queryKey }),
  });
}

function useKeep(id: number) {
  const client = useQueryClient();
  return (found: HistoryImport) => {
    client.setQueryData(importQuery(id).queryKey, found);
    void client.invalidateQueries({ queryKey: importsQuery.queryKey });
  };
}
