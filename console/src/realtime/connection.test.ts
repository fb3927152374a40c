import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeSocket } from "../../tests/fakeSocket";
import { backoffMs, Connection } from "./connection";

function start() {
  const said: string[] = [];
  const cursors: (number | null)[] = [];
  const connection = new Connection(
    {
      events: (events) => said.push(`events ${events.map((e) => e.seq).join(",")}`),
      typing: ({ name }) => said.push(`${name} types`),
      stale: () => said.push("stale"),
      signedOut: () => said.push("signed out"),
      accessChanged: () => said.push("access changed"),
      state: (state) => said.push(state),
    },
    {
      open: (cursor) => {
        cursors.push(cursor);
        return new FakeSocket("ws://x") as unknown as WebSocket;
      },
      random: () => 0.5,
    },
  );
  connection.start();
  return { connection, said, cursors };
}

const line = () => FakeSocket.all.at(-1) as FakeSocket;
const event = (seq: number) => ({ seq, kind: "quarantine.changed" });

describe("Connection", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    FakeSocket.all.length = 0;
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("starts without a cursor and asks for a fresh reading", () => {
    const { said, cursors } = start();
    line().says({ type: "hello", cursor: 7, reset: false });
    expect(cursors).toEqual([null]);
    expect(said).toEqual(["connecting", "stale", "open"]);
  });

  it("resumes behind the last event it saw, and reads nothing twice", () => {
    const { said, cursors } = start();
    line().says({ type: "hello", cursor: 7, reset: false });
    line().says({ type: "events", cursor: 9, events: [event(8), event(9)] });
    line().breaks();
    vi.advanceTimersByTime(1_000);
    line().says({ type: "hello", cursor: 9, reset: false });
    line().says({ type: "events", cursor: 10, events: [event(9), event(10)] });
    expect(cursors).toEqual([null, 9]);
    expect(said.slice(3)).toEqual(["events 8,9", "lost", "open", "events 10"]);
  });

  it("reads everything again when the cursor was too old", () => {
    const { said } = start();
    line().says({ type: "hello", cursor: 7, reset: false });
    line().breaks();
    vi.advanceTimersByTime(1_000);
    line().says({ type: "hello", cursor: 900, reset: true });
    expect(said.slice(3)).toEqual(["lost", "stale", "open"]);
  });

  it("does not trust a socket that looks open when the computer has no network", () => {
    const { connection, said, cursors } = start();
    line().says({ type: "hello", cursor: 7, reset: false });
    connection.cut();
    connection.cut();
    expect(said.slice(3)).toEqual(["lost"]);
    vi.advanceTimersByTime(1_000);
    expect(cursors).toEqual([null, 7]);
  });

  it("answers a ping", () => {
    start();
    line().says({ type: "ping" });
    expect(line().sent).toEqual(['{"type":"pong"}']);
  });

  it("stays away after 4401", () => {
    const { said } = start();
    line().breaks(4401);
    vi.advanceTimersByTime(120_000);
    expect(said).toEqual(["connecting", "signed out"]);
    expect(FakeSocket.all).toHaveLength(1);
  });

  it("comes back at once and reads everything anew when its reader may see something else", () => {
    const { said, cursors } = start();
    line().says({ type: "hello", cursor: 7, reset: false });
    line().breaks(4402);
    line().says({ type: "hello", cursor: 9, reset: false });
    expect(cursors).toEqual([null, null]);
    expect(said.slice(3)).toEqual(["access changed", "stale", "open"]);
  });

  it("takes a silent line for dead", () => {
    start();
    line().says({ type: "hello", cursor: 1, reset: false });
    const first = line();
    vi.advanceTimersByTime(46_000);
    expect(first.closed).toBe(true);
  });

  it("waits longer each time, with chance in it, and never above half a minute", () => {
    expect([0, 1, 2, 3].map((attempt) => backoffMs(attempt, 0.5))).toEqual([750, 1500, 3000, 6000]);
    expect(backoffMs(30, 1)).toBe(30_000);
    expect(backoffMs(2, 0)).not.toBe(backoffMs(2, 1));
  });

  it("does not wait when the reader comes back", () => {
    const { connection } = start();
    line().breaks();
    connection.nudge();
    expect(FakeSocket.all).toHaveLength(2);
  });

  it("leaves a line alone that spoke a moment ago, and changes one that fell silent", () => {
    const { connection, cursors } = start();
    line().says({ type: "hello", cursor: 5, reset: false });
    connection.nudge();
    expect(FakeSocket.all).toHaveLength(1);
    vi.advanceTimersByTime(26_000);
    connection.nudge();
    expect(cursors).toEqual([null, 5]);
  });

  it("ignores what it does not understand", () => {
    const { said } = start();
    line().onmessage?.({ data: "không phải JSON" });
    line().says({ type: "typing", who: 3 });
    expect(said).toEqual(["connecting"]);
  });

  it("is quiet after stop", () => {
    const { connection, said } = start();
    const first = line();
    connection.stop();
    vi.advanceTimersByTime(120_000);
    expect(first.closed).toBe(true);
    expect(said).toEqual(["connecting"]);
  });
});
