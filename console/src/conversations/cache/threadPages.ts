import type { InfiniteData } from "@tanstack/react-query";
import type { Message, MessagePage } from "../../api/types";
import { gapsOf } from "./gaps";

export type ThreadData = InfiniteData<MessagePage, string | null>;

/** The thread's order: the channel's clock, ties by arrival. */
export function byTime(a: Message, b: Message): number {
  return Date.parse(a.sent_at) - Date.parse(b.sent_at) || a.id - b.id;
}

/** All loaded messages, oldest first, each once. */
export function flattenThread(data: { pages: MessagePage[] }): Message[] {
  const found = new Map<number, Message>();
  // Newest page first: where two pages overlap, the fresher copy is kept.
  for (const page of data.pages)
    for (const item of page.items) if (!found.has(item.id)) found.set(item.id, item);
  return [...found.values()].sort(byTime);
}

/** A page that was asked for before our own message was written, and comes after it was confirmed, must not hide it. */
function withLater(fresh: MessagePage, data: ThreadData | undefined): MessagePage {
  const newest = Math.max(...fresh.items.map((item) => item.id));
  const later = (data?.pages[0]?.items ?? []).filter((item) => item.id > newest && item.client_id !== null);
  if (fresh.items.length === 0 || later.length === 0) return fresh;
  return { ...fresh, items: [...fresh.items, ...later].sort(byTime) };
}

/**
 * Lays a freshly read newest page over what is loaded. Older pages stay as they are; when the fresh page no longer
 * touches what was loaded (a long absence), the older pages are dropped rather than shown with a hole between.
 */
export function mergeNewestPage(data: ThreadData | undefined, read: MessagePage): ThreadData {
  const [first, ...older] = data?.pages ?? [];
  const fresh = withLater(read, data);
  const alone = { pages: [fresh], pageParams: [null] };
  if (!data || !first || first.items.length === 0 || fresh.next === null) return alone;
  const known = new Set(data.pages.flatMap((page) => page.items.map((item) => item.id)));
  const oldestFresh = fresh.items[0];
  if (!oldestFresh || !fresh.items.some((item) => known.has(item.id))) return alone;
  const kept = first.items.filter((item) => byTime(item, oldestFresh) < 0);
  return {
    pages: [{ items: [...kept, ...fresh.items], next: first.next, gaps: gapsOf([fresh, first]) }, ...older],
    pageParams: data.pageParams,
  };
}

/** An answer may arrive after the news that is younger than it. */
function younger(known: Message, told: Message): Message {
  const at = (message: Message) => Date.parse(message.delivery?.at ?? "") || 0;
  return known.id === told.id && at(known) > at(told) ? known : told;
}

/** Puts one message in its place: over the older copy with its id or client id, else by time into the newest page. */
export function upsertMessage(data: ThreadData | undefined, message: Message): ThreadData {
  if (!data?.pages[0]) return { pages: [{ items: [message], next: null, gaps: [] }], pageParams: [null] };
  const same = (item: Message) =>
    item.id === message.id || (message.client_id !== null && item.client_id === message.client_id);
  const present = data.pages.some((page) => page.items.some(same));
  const pages = data.pages.map((page, index) => {
    if (present) {
      return page.items.some(same)
        ? { ...page, items: page.items.map((i) => (same(i) ? younger(i, message) : i)) }
        : page;
    }
    return index === 0 ? { ...page, items: [...page.items, message].sort(byTime) } : page;
  });
  return { ...data, pages };
}

/** Lays fresh copies over messages that are loaded; those that are not loaded stay out. */
export function replaceMessages(data: ThreadData, fresh: readonly Message[]): ThreadData {
  const told = new Map(fresh.map((message) => [message.id, message]));
  const pages = data.pages.map((page) =>
    page.items.some((item) => told.has(item.id))
      ? { ...page, items: page.items.map((item) => told.get(item.id) ?? item) }
      : page,
  );
  return { ...data, pages };
}

/** Whether each of these messages is in the newest page: then reading that page alone was enough. */
export function newestPageCovers(fresh: MessagePage, ids: Iterable<number>): boolean {
  if (fresh.next === null) return true;
  const present = new Set(fresh.items.map((item) => item.id));
  for (const id of ids) if (!present.has(id)) return false;
  return true;
}
