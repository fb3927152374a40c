import { describe, expect, it } from "vitest";
import { conversation } from "../../../tests/fixtures";
import { accountsOf, isNarrowed, NOT_NARROWED, narrow } from "./narrowing";

const other = { id: 2, name: "Minh Long Dịch vụ", channel: "zalo_oa" as const };
const hanh = conversation(1, { title: "Nguyễn Thị Mỹ Hạnh", contact: null, unread_count: 2 });
const dung = conversation(2, {
  title: "Đặng Quốc Dũng",
  contact: { id: 2, code: "KH-000017", name: "Đặng Quốc Dũng", avatar_url: null },
  tags: [{ id: 1, name: "Khách sỉ", colour: "teal" }],
  account: other,
});
const found = (change: Partial<typeof NOT_NARROWED>) =>
  narrow([hanh, dung], { ...NOT_NARROWED, ...change }).map((row) => row.id);

describe("narrow", () => {
  it("finds a name without its marks, in any order of its words", () => {
    expect(found({ words: "my hanh" })).toEqual([1]);
    expect(found({ words: "DUNG dang" })).toEqual([2]);
    expect(found({ words: "Đặng" })).toEqual([2]);
    expect(found({ words: "Hạnh Dũng" })).toEqual([]);
  });

  it("finds codes and tags", () => {
    expect(found({ words: "kh-000017" })).toEqual([2]);
    expect(found({ words: "khach si" })).toEqual([2]);
  });

  it("does not take who serves for the customer", () => {
    const served = conversation(3, {
      title: "Cô Hai",
      contact: null,
      custodian: { id: 2, name: "Nguyễn Thị Lan" },
    });
    expect(narrow([hanh, served], { ...NOT_NARROWED, words: "nguyen" }).map((row) => row.id)).toEqual([1]);
  });

  it("keeps the unread and those of one account", () => {
    expect(found({ unread: true })).toEqual([1]);
    expect(found({ accountId: 2 })).toEqual([2]);
    expect(found({ accountId: 2, unread: true })).toEqual([]);
    expect(found({})).toEqual([1, 2]);
  });
});

it("is not narrowed by spaces alone", () => {
  expect(isNarrowed({ ...NOT_NARROWED, words: "  " })).toBe(false);
  expect(isNarrowed({ ...NOT_NARROWED, unread: true })).toBe(true);
});

it("names each account once", () => {
  expect(accountsOf([dung, hanh, dung]).map((one) => one.id)).toEqual([2, 1]);
});
