import { describe, expect, it } from "vitest";
import { LostConversations } from "./lost";

describe("what was lost", () => {
  it("keeps the reason that comes after the loss", () => {
    const lost = new LostConversations();
    const told: boolean[] = [];
    lost.subscribe(() => told.push(lost.has(1)));
    lost.add(1);
    lost.add(1, "Lan đã nhận");
    lost.add(1);
    expect([lost.has(1), lost.reasonOf(1)]).toEqual([true, "Lan đã nhận"]);
    lost.remove(1);
    expect([lost.has(1), lost.reasonOf(1)]).toEqual([false, null]);
    expect(told).toEqual([true, true, false]);
  });
});
