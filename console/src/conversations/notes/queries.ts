import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import type { Note } from "../../api/visibility";
import { patchQuery } from "../../shared/patchQuery";
import { NOTES } from "../queries";
import { type NoteData, withNote } from "./notePages";

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
