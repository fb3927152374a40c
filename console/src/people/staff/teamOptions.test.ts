import { describe, expect, it } from "vitest";
import type { Team } from "../../api/admin";
import { teamOptions, without } from "./teamOptions";

function team(id: number, parent_id: number | null, depth: number): Team {
  return { id, parent_id, depth, kind: "team", name: `T${id}`, member_count: 0, leads: [], empty: true };
}

const tree = [team(1, null, 0), team(4, 1, 1), team(5, 4, 2), team(2, 1, 1), team(3, null, 0)];

describe("teamOptions", () => {
  it("shows depth", () => {
    expect(teamOptions(tree).map((one) => one.label)).toEqual([
      "T1",
      "\u2003T4",
      "\u2003\u2003T5",
      "\u2003T2",
      "T3",
    ]);
  });
});

describe("without", () => {
  it("leaves out a team with all below it", () => {
    expect(without(tree, tree[1] as Team).map((one) => one.id)).toEqual([1, 2, 3]);
    expect(without(tree, tree[0] as Team).map((one) => one.id)).toEqual([3]);
    expect(without(tree, tree[4] as Team).map((one) => one.id)).toEqual([1, 4, 5, 2]);
  });
});
