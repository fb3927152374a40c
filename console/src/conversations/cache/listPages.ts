import type { InfiniteData } from "@tanstack/react-query";
import type { ConversationPage, ConversationRow, View } from "../../api/types";

export type ListData = InfiniteData<ConversationPage, string | null>;

export function flattenList(data: { pages: ConversationPage[] }): ConversationRow[] {
  const found = new Map<number, ConversationRow>();
  for (const page of data.pages)
    for (const item of page.items) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()];
}

/** Lays a freshly read first page over the loaded list; what it pushed down stays below it in its old order. */
export function mergeFirstPage(data: ListData | undefined, fresh: ConversationPage): ListData {
  const [first, ...rest] = data?.pages ?? [];
  if (!data || !first || fresh.next === null) return { pages: [fresh], pageParams: [null] };
  const moved = new Set(fresh.items.map((item) => item.id));
  const without = (items: ConversationRow[]) => items.filter((item) => !moved.has(item.id));
  return {
    pages: [
      { items: [...fresh.items, ...without(first.items)], counts: fresh.counts, next: first.next },
      ...rest.map((page) => ({ ...page, items: without(page.items) })),
    ],
    pageParams: data.pageParams,
  };
}

/** Whether a row still belongs to a view, as far as the row itself can tell. The server has the last word. */
export function belongs(row: ConversationRow, view: View, myId: number): boolean {
  switch (view) {
    case "open":
      return row.episode_open;
    case "waiting":
      return row.waiting_since !== null;
    case "mine":
      return row.assignee?.id === myId || row.custodian?.id === myId;
    case "all":
      return true;
  }
}

/** Changes one loaded row in place, or takes it out when `change` gives null. Rows that are not loaded stay so. */
export function changeRow(
  data: ListData,
  id: number,
  change: (row: ConversationRow) => ConversationRow | null,
): ListData {
  if (!data.pages.some((page) => page.items.some((item) => item.id === id))) return data;
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      items: page.items.flatMap((item) => {
        if (item.id !== id) return [item];
        const changed = change(item);
        return changed ? [changed] : [];
      }),
    })),
  };
}
