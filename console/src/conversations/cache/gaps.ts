import type { Gap, MessagePage } from "../../api/types";

/** The gaps of all loaded pages, each once, oldest first. */
export function gapsOf(pages: readonly MessagePage[]): Gap[] {
  const found = new Map<number, Gap>();
  for (const page of pages) for (const gap of page.gaps ?? []) if (!found.has(gap.id)) found.set(gap.id, gap);
  return [...found.values()].sort((a, b) => Date.parse(a.from_at) - Date.parse(b.from_at) || a.id - b.id);
}
