import { describe, expect, it } from "vitest";
import { message, reply } from "../../../tests/fixtures";
import { NOTHING_MORE, type Pending } from "../outbox/outbox";
import { tickOfMessage, tickOfPending } from "./ticks";

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
});
