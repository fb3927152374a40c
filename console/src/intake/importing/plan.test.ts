import { describe, expect, it } from "vitest";
import type { HistoryImport, Plan } from "../../api/history";
import { examplesOf, firstPlan, missingOf, sendersOf, withColumn } from "./plan";

const PLAN: Plan = { columns: {}, ours: [], monthFirst: false, accountId: null, custodianId: null };

function found(more: Partial<HistoryImport> = {}): HistoryImport {
  return {
    id: 1,
    state: "uploaded",
    reason_text: null,
    name: "cu.csv",
    size_bytes: 10,
    account: null,
    custodian: null,
    progress: 0,
    counts: {},
    gone: null,
    created_by: null,
    created_at: "2026-11-20T02:00:00Z",
    started_at: null,
    ended_at: null,
    undone_by: null,
    undone_at: null,
    columns: ["Giờ", "Ai", "Nội dung"],
    rows: [
      { Giờ: "1", Ai: "Lan", "Nội dung": "" },
      { Giờ: "2", Ai: "Shop", "Nội dung": "Dạ" },
    ],
    values: { Ai: ["Lan", "Shop"] },
    guess: { time: "Giờ", sender: "Ai", text: "Nội dung" },
    mapping: null,
    preview: null,
    faults: [],
    sample: [],
    ...more,
  } as HistoryImport;
}

describe("firstPlan", () => {
  it("takes the guess, and the account when there is but one", () => {
    expect(firstPlan(found(), [{ id: 7 }])).toMatchObject({ columns: found().guess, accountId: 7 });
    expect(firstPlan(found(), [{ id: 7 }, { id: 8 }]).accountId).toBeNull();
  });

  it("takes rather what was said before", () => {
    const mapping = { columns: { time: "Ai" }, ours: ["Shop"], zone: "Asia/Ho_Chi_Minh", month_first: true };
    const before = found({ mapping: mapping as NonNullable<HistoryImport["mapping"]> });
    expect(firstPlan(before, [])).toMatchObject({
      columns: { time: "Ai" },
      ours: ["Shop"],
      monthFirst: true,
    });
  });
});

describe("withColumn", () => {
  it("lets a column be one thing only", () => {
    const plan = withColumn({ ...PLAN, columns: { name: "A", time: "B" } }, "thread", "A");
    expect(plan.columns).toEqual({ time: "B", thread: "A" });
    expect(withColumn(plan, "time", null).columns).toEqual({ thread: "A" });
  });

  it("forgets who is ours when another column says who writes", () => {
    const plan = { ...PLAN, columns: { sender: "A", text: "T" }, ours: ["Shop"] };
    expect(withColumn(plan, "text", "U").ours).toEqual(["Shop"]);
    expect(withColumn(plan, "sender", "B").ours).toEqual([]);
  });
});

it("says what is missing", () => {
  expect(missingOf(PLAN)).toEqual(["time", "text", "thread", "direction", "account"]);
  const plan = { ...PLAN, columns: { time: "a", file_name: "b", phone: "c", staff: "d", account: "e" } };
  expect(missingOf(plan)).toEqual([]);
});

it("asks who is ours only while no column of directions says it", () => {
  const plan = { ...PLAN, columns: { sender: "Ai" } };
  expect(sendersOf(found(), plan)).toEqual(["Lan", "Shop"]);
  expect(sendersOf(found(), { ...PLAN, columns: { sender: "Ai", direction: "Giờ" } })).toEqual([]);
});

it("shows what stands in a column", () => {
  expect(examplesOf(found(), "Nội dung")).toEqual(["Dạ"]);
  expect(examplesOf(found(), undefined)).toEqual([]);
});
