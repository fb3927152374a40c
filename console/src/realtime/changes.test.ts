import { describe, expect, it } from "vitest";
import { collect, isAny, noChanges, touched } from "./changes";

describe("collect", () => {
  it("turns a burst about one conversation into one reading", () => {
    const changes = collect(noChanges(), [
      { seq: 1, kind: "conversation.changed", conversation_id: 5, message_ids: [10] },
      { seq: 2, kind: "conversation.changed", conversation_id: 5, message_ids: [11] },
      { seq: 3, kind: "delivery.changed", conversation_id: 5, message_id: 9 },
    ]);
    expect([...changes.conversations.keys()]).toEqual([5]);
    expect([...(touched(changes, 5) ?? [])].sort()).toEqual([10, 11, 9].sort());
  });

  it("does not read the list again for a receipt", () => {
    const changes = collect(noChanges(), [
      { seq: 1, kind: "delivery.changed", conversation_id: 5, message_id: 9 },
    ]);
    expect(changes.conversations.size).toBe(0);
    expect([...(touched(changes, 5) ?? [])]).toEqual([9]);
    expect(touched(changes, 6)).toBeNull();
  });

  it("reads changed files and reactions by themselves, not with the list", () => {
    const changes = collect(noChanges(), [
      { seq: 1, kind: "message.changed", conversation_id: 5, message_ids: [9] },
      { seq: 2, kind: "message.changed", conversation_id: 5, message_ids: [9, 10] },
    ]);
    expect([...(changes.messages.get(5) ?? [])]).toEqual([9, 10]);
    expect(touched(changes, 5)).toBeNull();
  });

  it("keeps accounts and quarantine apart", () => {
    const changes = collect(noChanges(), [{ seq: 1, kind: "channel_account.changed" }]);
    expect([changes.accounts, changes.quarantine]).toEqual([true, false]);
  });

  it("forgets what was to be read of a conversation that went out of sight", () => {
    const changes = collect(noChanges(), [
      { seq: 1, kind: "conversation.changed", conversation_id: 5, message_ids: [9] },
      { seq: 2, kind: "note.added", conversation_id: 5 },
      { seq: 3, kind: "conversation.hidden", conversation_id: 5 },
      { seq: 4, kind: "note.deleted", conversation_id: 6 },
    ]);
    expect(touched(changes, 5)).toBeNull();
    expect([...changes.hidden]).toEqual([5]);
    expect([...changes.notes]).toEqual([6]);
    expect(isAny(changes)).toBe(true);
    expect(isAny(noChanges())).toBe(false);
  });

  it("reads what came back into sight", () => {
    const changes = collect(noChanges(), [
      { seq: 1, kind: "conversation.hidden", conversation_id: 5 },
      { seq: 2, kind: "conversation.changed", conversation_id: 5 },
    ]);
    expect(changes.hidden.size).toBe(0);
    expect([...changes.conversations.keys()]).toEqual([5]);
  });

  it("reads everything again when a demo is gone", () => {
    const changes = collect(noChanges(), [{ seq: 1, kind: "everything.changed" }]);
    expect(changes.everything).toBe(true);
  });
});
