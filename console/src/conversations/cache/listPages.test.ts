import { describe, expect, it } from "vitest";
import { conversation, me } from "../../../tests/fixtures";
import { belongs, changeRow, flattenList, type ListData, mergeFirstPage } from "./listPages";

const page = (ids: number[], next: string | null = "more", open = 0) => ({
  items: ids.map((id) => conversation(id)),
  counts: { open, mine: 0, waiting: 0 },
  next,
});
const data = (...pages: ReturnType<typeof page>[]): ListData => ({
  pages,
  pageParams: pages.map(() => null),
});
const ids = (list: ListData) => flattenList(list).map((row) => row.id);

describe("mergeFirstPage", () => {
  it("moves a conversation from far below to the top, once", () => {
    const merged = mergeFirstPage(data(page([1, 2], "c2"), page([3, 4], null)), page([4, 1], "c1"));
    expect(ids(merged)).toEqual([4, 1, 2, 3]);
    expect(merged.pages[0]?.next).toBe("c2");
  });

  it("takes the fresh counts", () => {
    const merged = mergeFirstPage(data(page([1], "c1", 8), page([2], null)), page([1], "c1", 7));
    expect(merged.pages[0]?.counts?.open).toBe(7);
  });

  it("lets go of the rest when the first page is the whole list", () => {
    expect(ids(mergeFirstPage(data(page([1, 2])), page([2], null)))).toEqual([2]);
  });
});

describe("changeRow", () => {
  it("changes one row and leaves the others alone", () => {
    const list = changeRow(data(page([1, 2])), 2, (row) => ({ ...row, unread_count: 3 }));
    expect(flattenList(list).map((row) => row.unread_count)).toEqual([0, 3]);
  });

  it("takes a row out", () => {
    expect(ids(changeRow(data(page([1, 2]), page([3])), 3, () => null))).toEqual([1, 2]);
  });

  it("gives back the same list when the row is not in it", () => {
    const list = data(page([1]));
    expect(changeRow(list, 9, () => null)).toBe(list);
  });
});

describe("belongs", () => {
  it("knows each view", () => {
    const row = conversation(1, { episode_open: false, custodian: null, assignee: null });
    expect([
      belongs(row, "open", me.id),
      belongs(row, "mine", me.id),
      belongs(row, "waiting", me.id),
    ]).toEqual([false, false, false]);
    expect(belongs(row, "all", me.id)).toBe(true);
    expect(belongs({ ...row, assignee: { id: me.id, name: "" } }, "mine", me.id)).toBe(true);
  });
});
