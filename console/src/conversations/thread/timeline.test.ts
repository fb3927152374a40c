import { describe, expect, it } from "vitest";
import { attachment, me, message, note, reply } from "../../../tests/fixtures";
import type { Message } from "../../api/types";
import { NOTHING_MORE, type Pending } from "../outbox/outbox";
import { buildTimeline, firstNewMessage } from "./timeline";

const options = { zone: "Asia/Ho_Chi_Minh", myId: me.id, firstNewId: null };

function pending(clientId: string, createdAt: string): Pending {
  return {
    clientId,
    conversationId: 1,
    ...NOTHING_MORE,
    text: clientId,
    createdAt,
    state: "sending",
    failure: null,
  };
}

const keys = (...args: Parameters<typeof buildTimeline>) => buildTimeline(...args).map((entry) => entry.key);

describe("day dividers", () => {
  it("cut at midnight of the company's zone, not of UTC", () => {
    const messages = [
      message(1, { sent_at: "2026-11-21T16:59:59Z" }),
      message(2, { sent_at: "2026-11-21T17:00:00Z" }),
      message(3, { sent_at: "2026-11-22T01:00:00Z" }),
    ];
    expect(keys(messages, [], options)).toEqual(["day-2026-11-21", "m1", "day-2026-11-22", "m2", "m3"]);
  });

  it("never go back for a computer whose clock runs behind", () => {
    const messages = [message(1, { sent_at: "2026-11-21T17:00:01Z" })];
    expect(keys(messages, [pending("a", "2026-11-21T16:59:00Z")], options)).toEqual([
      "day-2026-11-22",
      "m1",
      "a",
    ]);
  });
});

describe("pending messages", () => {
  it("stand below, in the order of writing", () => {
    const at = "2026-11-22T03:00:00Z";
    expect(
      keys([message(1, { sent_at: at })], [pending("a", at), pending("b", at)], options).slice(1),
    ).toEqual(["m1", "a", "b"]);
  });

  it("give way to the server's message under the same key", () => {
    const at = "2026-11-22T03:00:00Z";
    const sent = reply(5, "queued", { client_id: "a", sent_at: at });
    expect(keys([sent], [pending("a", at)], options).slice(1)).toEqual(["a"]);
  });
});

describe("runs", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();
  const runs = (...args: Parameters<typeof buildTimeline>) =>
    buildTimeline(...args).flatMap((e) =>
      e.kind === "bubble" ? [`${e.first ? "[" : ""}${e.key}${e.last ? "]" : ""}`] : [],
    );

  it("join one author within five minutes", () => {
    const messages = [
      message(1, { sent_at: at(0) }),
      message(2, { sent_at: at(4) }),
      message(3, { sent_at: at(10) }),
    ];
    expect(runs(messages, [], options)).toEqual(["[m1", "m2]", "[m3]"]);
  });

  it("do not join a colleague's message with mine", () => {
    const lan = reply(1, "sent", {
      sent_at: at(0),
      author: { kind: "staff", id: 2, name: "Λαν", avatar_url: null },
    });
    const mine = reply(2, "sent", { sent_at: at(1) });
    expect(runs([lan, mine], [pending("p", at(2))], options)).toEqual(["[m1]", "[m2", "p]"]);
  });

  it("end at an event", () => {
    const event = message(2, { kind: "event", event: { name: "unfollow", text: "" }, sent_at: at(1) });
    expect(
      runs([message(1, { sent_at: at(0) }), event, message(3, { sent_at: at(2) })], [], options),
    ).toEqual(["[m1]", "[m3]"]);
  });
});

describe("the new line", () => {
  it("stands before the last unread messages of the customer", () => {
    const messages = [message(1), reply(2, "seen"), message(3), reply(4, "sent"), message(5)];
    expect(firstNewMessage(messages, 2)).toBe(3);
    expect(firstNewMessage(messages, 0)).toBeNull();
    expect(firstNewMessage(messages, 99)).toBe(1);
    expect(buildTimeline(messages, [], { ...options, firstNewId: 3 }).map((e) => e.kind)).toEqual([
      "day",
      "bubble",
      "bubble",
      "new",
      "bubble",
      "bubble",
      "bubble",
    ]);
  });
});

describe("gaps", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 3, minute)).toISOString();
  const gap = (id: number, from: number) => ({ id, from_at: at(from), until_at: at(from + 2), text: "" });
  const messages = [message(1, { sent_at: at(0) }), message(2, { sent_at: at(3) })];

  it("stand where they begin, and part what was one run", () => {
    const entries = buildTimeline(messages, [], { ...options, gaps: [gap(7, 1)] });
    expect(entries.map((entry) => entry.key).slice(1)).toEqual(["m1", "gap-7", "m2"]);
    expect(entries.flatMap((e) => (e.kind === "bubble" ? [e.first && e.last] : []))).toEqual([true, true]);
  });

  it("stand below everything when nothing came since, and open their own day", () => {
    const later = { id: 9, from_at: "2026-11-23T03:00:00Z", until_at: "2026-11-23T04:00:00Z", text: "" };
    expect(keys(messages, [], { ...options, gaps: [later] }).slice(-2)).toEqual(["day-2026-11-23", "gap-9"]);
  });
});

describe("albums", () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString();
  const picture = (id: number, second: number, change: Partial<Message> = {}) =>
    message(id, {
      kind: "image",
      text: null,
      attachments: [attachment("image")],
      sent_at: at(second),
      ...change,
    });
  const albums = (messages: Message[]) =>
    buildTimeline(messages, [], options).flatMap((entry) =>
      entry.kind === "bubble" ? [(entry.album ?? []).map((one) => one.id)] : [],
    );

  it("hold pictures that came one after another", () => {
    expect(albums([picture(1, 0), picture(2, 20), picture(3, 79)])).toEqual([[1, 2, 3]]);
    expect(albums([picture(1, 0), picture(2, 61)])).toEqual([[], []]);
  });

  it("leave alone what has words, a reaction, another author, or is ours", () => {
    expect(albums([picture(1, 0), picture(2, 1, { text: "giá" })])).toEqual([[], []]);
    const heart = [{ icon: "/-heart", count: 1, names: [], mine: true }];
    expect(albums([picture(1, 0, { reactions: heart }), picture(2, 1)])).toEqual([[], []]);
    expect(albums([picture(1, 0, { direction: "out" }), picture(2, 1, { direction: "out" })])).toEqual([
      [],
      [],
    ]);
    const other = { kind: "customer", id: 2, name: "Άννα", avatar_url: null } as const;
    expect(albums([picture(1, 0), picture(2, 1, { author: other })])).toEqual([[], []]);
  });
});

describe("notes", () => {
  const at = (minute: number) => `2026-11-22T01:${String(minute).padStart(2, "0")}:00Z`;

  it("stand where they were written, and part a run of messages", () => {
    const messages = [message(1, { sent_at: at(0) }), message(2, { sent_at: at(2) })];
    const notes = [note(7, { created_at: at(1) }), note(8, { created_at: at(9) })];
    const entries = buildTimeline(messages, [pending("a", at(3))], { ...options, notes });
    expect(entries.map((entry) => entry.key)).toEqual([
      "day-2026-11-22",
      "m1",
      "note-7",
      "m2",
      "note-8",
      "a",
    ]);
    const runs = entries.flatMap((entry) => (entry.kind === "bubble" ? [[entry.first, entry.last]] : []));
    expect(runs).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it("open a day of their own", () => {
    const notes = [note(7, { created_at: "2026-11-23T01:00:00Z" })];
    expect(keys([message(1, { sent_at: at(0) })], [], { ...options, notes })).toEqual([
      "day-2026-11-22",
      "m1",
      "day-2026-11-23",
      "note-7",
    ]);
  });
});
