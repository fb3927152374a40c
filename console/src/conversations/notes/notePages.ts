import type { InfiniteData } from "@tanstack/react-query";
import type { Note, NotePage } from "../../api/visibility";

export type NoteData = InfiniteData<NotePage, string | null>;

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
