import { describe, expect, it } from "vitest";
import { conversation, message, reply } from "../../../tests/fixtures";
import { NOTHING_MORE, type Pending } from "../outbox/outbox";
import { mayFailOrMend, tickOfMessage, tickOfPending, troubleOfRow } from "./ticks";

describe("ticks", () => {
  it("tell every state of an outgoing message", () => {
    const states = ["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"] as const;
    for (const state of states) expect(tickOfMessage(reply(1, state))).toBe(state);
  });

  it("have nothing to say of what came in, or was sent without receipts", () => {
    expect(tickOfMessage(message(1))).toBeNull();
    expect(tickOfMessage(message(1, { direction: "out" }))).toBeNull();
  });

  it("show what is still here as under way, or as failed", () => {
    const item: Pending = {
      clientId: "a",
      conversationId: 1,
      ...NOTHING_MORE,
      text: "",
      createdAt: "",
      state: "waiting",
      failure: null,
    };
    expect([tickOfPending(item), tickOfPending({ ...item, state: "sending" })]).toEqual([
      "waiting",
      "waiting",
    ]);
    expect(tickOfPending({ ...item, state: "failed" })).toBe("failed");
  });

  it("trouble a row only when our last message did not go, or may not have gone", () => {
    const rows = ["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain", null] as const;
    const told = rows.map((delivery_state) => {
      const row = conversation(1);
      const last = row.last_message && { ...row.last_message, delivery_state };
      const changed = { ...row, last_message: last };
      return [delivery_state, troubleOfRow(changed), mayFailOrMend(changed)];
    });
    expect(told).toEqual([
      ["queued", null, true],
      ["sending", null, true],
      ["sent", null, false],
      ["delivered", null, false],
      ["seen", null, false],
      ["failed", "failed", true],
      ["uncertain", "uncertain", true],
      [null, null, false],
    ]);
    expect(troubleOfRow(conversation(1, { last_message: null }))).toBeNull();
  });
});
