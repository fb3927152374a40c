import { describe, expect, it } from "vitest";
import type { PersonalAccount } from "../types";
import { boardRows, countGroups, holdersOf } from "./rows";
import { readBoardSearch } from "./search";

function account(id: number, change: Partial<PersonalAccount> = {}): PersonalAccount {
  return {
    id,
    name: `Zalo ${id}`,
    uid: `90${id}`,
    phone: null,
    avatar_url: null,
    holder: { id: 5, name: "Lê Thị Lan" },
    sim: "company",
    state: "online",
    reason: null,
    since: "2026-11-22T01:00:00Z",
    last_message_at: null,
    completeness: { percent: null, gaps: 0, since: null },
    caps: [],
    warm_until: null,
    queued: 0,
    waiting_calls: 0,
    ...change,
  };
}

const ids = (rows: PersonalAccount[]) => rows.map((one) => one.id);

const accounts = [
  account(1, { name: "Ánh", phone: "+84912345678" }),
  account(2, { name: "Bình", state: "offline" }),
  account(3, { name: "Cường", state: "kicked", holder: { id: 6, name: "Đỗ Đức" } }),
  account(4, { name: "Dung", state: "stopped" }),
  account(5, { name: "An", state: "taken_over" }),
];

describe("boardRows", () => {
  it("puts those that need a hand first, then by name as Vietnamese sorts it", () => {
    expect(ids(boardRows(accounts, {}))).toEqual([5, 3, 2, 1, 4]);
  });

  it("finds by name without marks, by number as people write it, and by holder", () => {
    expect(ids(boardRows(accounts, { search: "anh" }))).toEqual([1]);
    expect(ids(boardRows(accounts, { search: "0912345678" }))).toEqual([1]);
    expect(ids(boardRows(accounts, { search: "duc cuong" }))).toEqual([3]);
  });

  it("keeps one group, or one holder", () => {
    expect(ids(boardRows(accounts, { state: "attention" }))).toEqual([5, 3]);
    expect(ids(boardRows(accounts, { holder: 6 }))).toEqual([3]);
  });

  it("puts the least complete first when asked, and takes what is not known for whole", () => {
    const some = [
      account(1),
      account(2, { completeness: { percent: 99.2, gaps: 1, since: null } }),
      account(3, { completeness: { percent: 80, gaps: 4, since: null } }),
    ];
    expect(ids(boardRows(some, { order: "completeness" }))).toEqual([3, 2, 1]);
  });

  it("takes a state that it does not know for one that needs a hand", () => {
    const odd = account(9, { state: "frozen" as never });
    expect(countGroups([...accounts, odd])).toEqual({ attention: 3, connecting: 1, online: 1, stopped: 1 });
  });

  it("names each holder once", () => {
    expect(holdersOf(accounts).map((one) => one.name)).toEqual(["Đỗ Đức", "Lê Thị Lan"]);
  });
});

describe("readBoardSearch", () => {
  it("keeps what it knows", () => {
    expect(readBoardSearch({ state: "online", holder: 5, search: 912, order: "name", x: 1 })).toEqual({
      state: "online",
      holder: 5,
      search: "912",
      order: "name",
    });
    expect(readBoardSearch({ state: "odd", holder: -1, search: " ", order: "trouble" })).toEqual({});
  });
});
