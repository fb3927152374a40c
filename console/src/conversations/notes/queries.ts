import { type InfiniteData, infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import type { Note, NotePage } from "../../api/visibility";
import { patchQuery } from "../../shared/patchQuery";
import { NOTES } from "../queries";

export type NoteData = InfiniteData<NotePage, string | null>;

/** Pages go from the newest to older ones; inside a page the oldest note comes first. */
export const notesQuery = (conversationId: number) =>
  infiniteQueryOptions({
    queryKey: [...NOTES, conversationId],
    queryFn: ({ pageParam, signal }) =>
      call(
        api.GET("/api/conversations/{conversation_id}/notes", {
          params: {
            path: { conversation_id: conversationId },
            query: pageParam ? { before: pageParam } : {},
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** All read notes, oldest first, each once. */
export function flattenNotes(data: { pages: readonly NotePage[] }): Note[] {
  const found = new Map<number, Note>();
  for (const page of data.pages)
    for (const item of page.items) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()].sort(
    (a, b) => Date.parse(a.created_at) - Date.parse(b.created_at) || a.id - b.id,
  );
}

/** Lays a note that was just written, or changed, over what is read. */
export function withNote(data: NoteData, note: Note): NoteData {
  const [first, ...rest] = data.pages;
  if (!first) return data;
  const known = data.pages.some((page) => page.items.some((item) => item.id === note.id));
  if (!known) return { ...data, pages: [{ ...first, items: [...first.items, note] }, ...rest] };
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => (item.id === note.id ? note : item)),
  }));
  return { ...data, pages };
}

export function useWriteNote(conversationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { text: string; mention_ids: number[] }) =>
      call(
        api.POST("/api/conversations/{conversation_id}/notes", {
          params: { path: { conversation_id: conversationId } },
          body,
        }),
      ),
    onSuccess: (note) =>
      patchQuery<NoteData>(client, notesQuery(conversationId).queryKey, (data) => withNote(data, note)),
  });
}

export function useDeleteNote(conversationId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (note: Note) =>
      call(api.DELETE("/api/notes/{note_id}", { params: { path: { note_id: note.id } } })),
    onSuccess: (_, note) =>
      patchQuery<NoteData>(client, notesQuery(conversationId).queryKey, (data) =>
        withNote(data, { ...note, text: "", deleted: true }),
      ),
  });
}
