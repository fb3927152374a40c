import { describe, expect, it } from "vitest";
import type { ImportRow } from "../../../api/account";
import { cellsOf, faultyFirst } from "./faults";

function row(line: number, ...faults: [string, string][]): ImportRow {
  const found = faults.map(([path, text]) => ({ path, text }));
  return { line, name: "Lan", login: "lan@a.example", role: "", team: "", faults: found };
}

describe("cellsOf", () => {
  it("puts what is wrong beside its cell", () => {
    const cells = cellsOf(row(2, ["login", "trùng"], ["team", "không có"], ["login", "sai"]));
    expect(cells.map((cell) => [cell.column, cell.faults])).toEqual([
      ["name", []],
      ["login", ["trùng", "sai"]],
      ["role", []],
      ["team", ["không có"]],
    ]);
  });

  it("loses no fault whose column it does not know", () => {
    expect(cellsOf(row(2, ["moon", "tròn"]))[0]?.faults).toEqual(["tròn"]);
  });
});

it("shows first what is to be corrected", () => {
  const rows = [row(2), row(3, ["name", "x"]), row(4), row(5, ["role", "y"])];
  expect(faultyFirst(rows).map((one) => one.line)).toEqual([3, 5, 2, 4]);
});
