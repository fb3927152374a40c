import type { HistoryImport, Plan } from "../../api/history";

/** What a column may be, the needed ones first. */
export const FIELDS = [
  "time",
  "text",
  "thread",
  "phone",
  "name",
  "direction",
  "sender",
  "staff",
  "external_id",
  "group",
  "kind",
  "attachment",
  "file_name",
  "account",
] as const;
export type Field = (typeof FIELDS)[number];

export type Missing = "time" | "text" | "thread" | "direction" | "account";

/** What was said before of this file, else what its columns seem to be. */
export function firstPlan(found: HistoryImport, accounts: readonly { id: number }[]): Plan {
  const only = accounts.length === 1 ? accounts[0] : undefined;
  return {
    columns: { ...(found.mapping?.columns ?? found.guess) },
    ours: [...(found.mapping?.ours ?? [])],
    monthFirst: found.mapping?.month_first ?? false,
    accountId: found.account?.id ?? only?.id ?? null,
    custodianId: found.custodian?.id ?? null,
  };
}

/** A column is one thing only: whatever it was before, it is no more. */
export function withColumn(plan: Plan, field: Field, column: string | null): Plan {
  const kept = Object.entries(plan.columns).filter(([name, taken]) => name !== field && taken !== column);
  const columns = Object.fromEntries(column ? [...kept, [field, column]] : kept);
  return { ...plan, columns, ours: columns.sender === plan.columns.sender ? plan.ours : [] };
}

export function missingOf(plan: Plan): Missing[] {
  const has = (...fields: Field[]) => fields.some((field) => plan.columns[field]);
  const missing: Missing[] = [];
  if (!has("time")) missing.push("time");
  if (!has("text", "attachment", "file_name")) missing.push("text");
  if (!has("thread", "phone", "name")) missing.push("thread");
  if (!has("direction", "sender", "staff")) missing.push("direction");
  if (plan.accountId === null && !has("account")) missing.push("account");
  return missing;
}

/** Who writes in the file, to be sorted into our side and the customers'; none when a column of directions says it. */
export function sendersOf(found: HistoryImport, plan: Plan): string[] {
  const column = plan.columns.sender;
  return column && !plan.columns.direction ? (found.values[column] ?? []) : [];
}

/** The first values of a column, to be recognised by. */
export function examplesOf(found: HistoryImport, column: string | undefined): string[] {
  if (!column) return [];
  const words = found.rows.map((row) => row[column] ?? "").filter((word) => word !== "");
  return [...new Set(words)].slice(0, 2);
}
