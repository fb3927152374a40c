import { describe, expect, it, vi } from "vitest";
import { message } from "../../../tests/fixtures";
import { Problem } from "../../api/problem";
import type { Message } from "../../api/types";
import type { TextStore } from "../../shared/storage";
import { Outbox, type Pending } from "./outbox";

function memory(): TextStore {
  const kept = new Map<string, string>();
  return {
    get: (key) => kept.get(key) ?? null,
    set: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)),
  };
}

/** A server whose answers the test gives one by one. */
function manual() {
  const waiting: { pending: Pending; yes: () => void; no: (error: unknown) => void }[] = [];
  const confirmed: Message[] = [];
  const store = memory();
  const wiring = {
    post: (pending: Pending) =>
      new Promise<Message[]>((resolve, reject) => {
        const answer = message(waiting.length + 1, { client_id: pending.clientId, text: pending.text });
        waiting.push({ pending, yes: () => resolve([answer]), no: reject });
      }),
    confirmed: (answers: Message[]) => void confirmed.push(...answers),
    store,
  };
  return { wiring, waiting, confirmed, store };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("Outbox", () => {
  it("shows a message at once and lets it go when the server has it", async () => {
    const { wiring, waiting, confirmed } = manual();
    const outbox = new Outbox(wiring);
    outbox.send(1, "a", "một");
    expect(outbox.snapshot()).toMatchObject([{ clientId: "a", text: "một", state: "sending" }]);
    waiting[0]?.yes();
    await settle();
    expect(outbox.snapshot()).toEqual([]);
    expect(confirmed.map((m) => m.client_id)).toEqual(["a"]);
  });

  it("sends quick messages of one conversation one after another, in order", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    for (const id of ["a", "b", "c"]) outbox.send(1, id, id);
    await settle();
    expect(waiting.map((w) => w.pending.clientId)).toEqual(["a"]);
    waiting[0]?.yes();
    await settle();
    expect(waiting.map((w) => w.pending.clientId)).toEqual(["a", "b"]);
    waiting[1]?.yes();
    await settle();
    expect(waiting.map((w) => w.pending.clientId)).toEqual(["a", "b", "c"]);
  });

  it("does not let one conversation wait for another", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    outbox.send(1, "a", "a");
    outbox.send(2, "b", "b");
    expect(waiting.map((w) => w.pending.clientId)).toEqual(["a", "b"]);
  });

  it("fails those behind when the line is down, so that none overtakes", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    for (const id of ["a", "b"]) outbox.send(1, id, id);
    waiting[0]?.no(Problem.unreachable(new TypeError()));
    await settle();
    expect(waiting).toHaveLength(1);
    expect(outbox.snapshot().map((p) => [p.clientId, p.state, p.failure?.kind])).toEqual([
      ["a", "failed", "unreachable"],
      ["b", "failed", "unreachable"],
    ]);
  });

  it("sends by itself, in order, what the broken line held back, and nothing that was refused", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    for (const id of ["refused", "a", "b"]) outbox.send(1, id, id);
    waiting[0]?.no(Problem.from(409, { title: "Chưa gửi được" }));
    await settle();
    waiting[1]?.no(Problem.unreachable(new TypeError()));
    await settle();
    outbox.resume();
    outbox.resume();
    waiting[2]?.yes();
    await settle();
    waiting[3]?.yes();
    await settle();
    expect(waiting.map((w) => w.pending.clientId)).toEqual(["refused", "a", "a", "b"]);
    expect(outbox.snapshot().map((p) => p.clientId)).toEqual(["refused"]);
  });

  it("tries again by itself when nobody says that the line is back", async () => {
    vi.useFakeTimers();
    try {
      const { wiring, waiting } = manual();
      new Outbox(wiring).send(1, "a", "một");
      waiting[0]?.no(Problem.unreachable(null));
      await vi.advanceTimersByTimeAsync(15_000);
      expect(waiting.map((w) => w.pending.clientId)).toEqual(["a", "a"]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("keeps the reason of a refusal and goes on with the next", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    for (const id of ["a", "b"]) outbox.send(1, id, id);
    waiting[0]?.no(
      Problem.from(409, { title: "Chưa gửi được", detail: "Khách đã hơn 7 ngày chưa nhắn lại." }),
    );
    await settle();
    expect(outbox.snapshot()[0]?.failure).toEqual({
      kind: "refused",
      text: "Khách đã hơn 7 ngày chưa nhắn lại.",
    });
    expect(waiting[1]?.pending.clientId).toBe("b");
  });

  it("retries with the same client id", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    outbox.send(1, "a", "một");
    waiting[0]?.no(Problem.unreachable(null));
    await settle();
    outbox.retry("a");
    expect(waiting[1]?.pending).toMatchObject({ clientId: "a", text: "một" });
  });

  it("discards only what has failed", async () => {
    const { wiring, waiting } = manual();
    const outbox = new Outbox(wiring);
    outbox.send(1, "a", "một");
    outbox.discard("a");
    expect(outbox.snapshot()).toHaveLength(1);
    waiting[0]?.no(Problem.unreachable(null));
    await settle();
    outbox.discard("a");
    expect(outbox.snapshot()).toEqual([]);
  });

  it("brings back after a reload what was under way, and sends it only when asked", () => {
    const first = manual();
    new Outbox(first.wiring).send(1, "a", "một");
    const second = manual();
    const outbox = new Outbox({ ...second.wiring, store: first.store });
    expect(outbox.snapshot()).toMatchObject([
      { clientId: "a", state: "failed", failure: { kind: "interrupted" } },
    ]);
    outbox.resume();
    expect(second.waiting).toEqual([]);
  });
});
