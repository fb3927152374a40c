import { describe, expect, it } from "vitest";
import { ago, message, reply } from "../../../tests/fixtures";
import type { Message } from "../../api/types";
import {
  flattenThread,
  mergeNewestPage,
  newestPageCovers,
  type ThreadData,
  upsertMessage,
} from "./threadPages";

const page = (ids: number[], next: string | null = "older") => ({
  items: ids.map((id) => message(id)),
  next,
  gaps: [],
});
const data = (...pages: ReturnType<typeof page>[]): ThreadData => ({
  pages,
  pageParams: pages.map(() => null),
});
const delivery = (state: "queued" | "delivered" | "seen", second: number) => ({
  state,
  reason: null,
  can_retry: false,
  at: new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString(),
});
const ids = (thread: ThreadData) => flattenThread(thread).map((item) => item.id);

describe("flattenThread", () => {
  it("is oldest first across pages, each message once", () => {
    expect(ids(data(page([5, 6]), page([3, 4, 5]), page([1, 2])))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("orders by the channel's clock, then by arrival", () => {
    const at = ago(10);
    const thread = data({
      items: [message(9, { sent_at: at }), message(8, { sent_at: at }), message(7, { sent_at: ago(1) })],
      next: null,
      gaps: [],
    });
    expect(ids(thread)).toEqual([8, 9, 7]);
  });
});

describe("mergeNewestPage", () => {
  it("adds what is new and keeps what the fresh page no longer reaches", () => {
    const merged = mergeNewestPage(data(page([4, 5, 6], "c4"), page([1, 2, 3], null)), page([6, 7, 8], "c6"));
    expect(ids(merged)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(merged.pages[0]?.next).toBe("c4");
    expect(merged.pages).toHaveLength(2);
  });

  it("keeps what was confirmed after the page had been asked for, until a page knows of it", () => {
    const sent = reply(9, "queued", { client_id: "c9", sent_at: ago(-1) });
    const told = data({ items: [message(7), sent], next: null, gaps: [] });
    const late = mergeNewestPage(told, page([7], null));
    expect(ids(late)).toEqual([7, 9]);
    expect(ids(mergeNewestPage(late, page([7, 8], null)))).toEqual([7, 8, 9]);
    // What nobody here wrote is the server's to tell of.
    expect(ids(mergeNewestPage(data(page([7, 8], null)), page([7], null)))).toEqual([7]);
  });

  it("takes the fresh copy of a message", () => {
    const fresh = { items: [message(2, { text: "mới" })], next: "x", gaps: [] };
    const merged = mergeNewestPage(data(page([1, 2])), fresh);
    expect(flattenThread(merged).map((m) => m.text)).toEqual(["Μήνυμα 1", "mới"]);
  });

  it("drops older pages rather than showing a hole", () => {
    expect(ids(mergeNewestPage(data(page([1, 2]), page([0], null)), page([8, 9], "c8")))).toEqual([8, 9]);
  });

  it("starts from nothing", () => {
    expect(ids(mergeNewestPage(undefined, page([1], null)))).toEqual([1]);
  });
});

describe("upsertMessage", () => {
  const mine = (id: number, change: Partial<Message> = {}) =>
    message(id, { direction: "out", client_id: "c1", ...change });

  it("puts a message of one's own in its place by time", () => {
    expect(ids(upsertMessage(data(page([1, 3])), message(2)))).toEqual([1, 2, 3]);
  });

  it("replaces by id and by client id, never doubles", () => {
    const once = upsertMessage(data(page([1])), mine(2));
    expect(ids(upsertMessage(once, mine(2, { text: "sửa" })))).toEqual([1, 2]);
    expect(ids(upsertMessage(once, mine(7)))).toEqual([1, 7]);
  });

  it("does not step back when the answer to sending comes after the news of its delivery", () => {
    const sent = data({
      items: [reply(2, "delivered", { delivery: delivery("delivered", 3) })],
      next: null,
      gaps: [],
    });
    const states = (thread: ThreadData) => flattenThread(thread).map((m) => m.delivery?.state);
    expect(states(upsertMessage(sent, reply(2, "queued", { delivery: delivery("queued", 1) })))).toEqual([
      "delivered",
    ]);
    expect(states(upsertMessage(sent, reply(2, "seen", { delivery: delivery("seen", 5) })))).toEqual([
      "seen",
    ]);
  });
});

describe("newestPageCovers", () => {
  it("is false when a changed message lies further back", () => {
    expect(newestPageCovers(page([5, 6]), [6])).toBe(true);
    expect(newestPageCovers(page([5, 6]), [2])).toBe(false);
    expect(newestPageCovers(page([5, 6], null), [2])).toBe(true);
  });
});
