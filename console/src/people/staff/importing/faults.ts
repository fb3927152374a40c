import type { ImportRow } from "../../../api/account";

export type Cell = { column: "name" | "login" | "role" | "team"; text: string; faults: string[] };

const COLUMNS = ["name", "login", "role", "team"] as const;

/** A line of the file cell by cell, each with what is wrong with it. A fault of no cell stands at the name. */
export function cellsOf(row: ImportRow): Cell[] {
  const known: readonly string[] = COLUMNS;
  return COLUMNS.map((column) => ({
    column,
    text: row[column],
    faults: row.faults
      .filter(({ path }) => path === column || (column === "name" && !known.includes(path)))
      .map((fault) => fault.text),
  }));
}

/** Those with faults first, each group as the file has them. */
export function faultyFirst(rows: readonly ImportRow[]): ImportRow[] {
  return [...rows.filter((row) => row.faults.length > 0), ...rows.filter((row) => row.faults.length === 0)];
}
