import { describe, expect, it } from "vitest";
import { readStaffSearch } from "./search";

describe("readStaffSearch", () => {
  it("keeps what the page knows", () => {
    const all = { view: "teams", search: "lan", role: "lead", team: 3, state: "all", person: 7 };
    expect(readStaffSearch(all)).toEqual(all);
  });

  it("knows who has not confirmed", () => {
    expect(readStaffSearch({ state: "unconfirmed" })).toEqual({ state: "unconfirmed" });
  });

  it("takes a phone number for words", () => {
    expect(readStaffSearch({ search: 912345678 })).toEqual({ search: "912345678" });
  });

  it("leaves the rest out, and what is so anyway", () => {
    const odd = { view: "people", search: "  ", role: "owner", team: -1, state: "active", person: 1.5, x: 1 };
    expect(readStaffSearch(odd)).toEqual({});
  });
});
