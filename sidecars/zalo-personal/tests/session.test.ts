import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Event } from "../src/protocol.gen.ts";
import { Session } from "../src/session.ts";
import { KEY, plain, sealed } from "./support.ts";

const SILENCE = 90_000;

class Socket extends EventEmitter {
  onmessage: ((event: { data: Buffer }) => void) | null = null;
  readonly pings: string[] = [];
  ping(data: string): void {
    this.pings.push(data);
  }
  pause(): void {}
  resume(): void {}
  terminate(): void {
    this.emit("terminated");
  }
}

class Listener extends EventEmitter {
  ws: Socket | null = null;
  start(): void {
    this.ws = new Socket();
  }
  stop(): void {}
}

type Told = Event & Record<string, unknown>;

/** A session whose socket and ears are the test's. */
function begun(emit: (event: Event) => void = () => {}) {
  const told: Told[] = [];
  const listener = new Listener();
  const environment = {
    standIn: null,
    silence: SILENCE,
    emit: (event: Event) => {
      emit(event);
      told.push(event as Told);
    },
  };
  const caller = { uid: "1", credentials: () => ({}) };
  const wire = { close: () => {} };
  const session: Session = new (Session as unknown as new (...given: unknown[]) => Session)(
    7,
    caller,
    listener,
    wire,
    environment,
    () => {},
  );
  session.listen();
  const socket = listener.ws as Socket;
  socket.on("terminated", () => listener.emit("closed", 1006, ""));
  return {
    session,
    told,
    socket,
    take: (frame: Buffer) => socket.onmessage?.({ data: frame }),
    close: () => listener.emit("closed", 1006, ""),
    items: () => told.filter(({ ev }) => ev === "item").map(({ item }) => item),
    frames: () => told.filter(({ ev }) => ev === "frame").map(({ why, frame }) => [why, frame]),
    states: () =>
      told.filter(({ ev }) => ev === "state").map(({ state, heard_at }) => [state, heard_at ?? null]),
  };
}

const KEY_FRAME = plain(1, 1, JSON.stringify({ key: KEY.toString("base64") }));
const says = (...items: unknown[]) => sealed(501, 0, JSON.stringify({ data: { msgs: items } }), 2);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("an element that cannot be told harms no other of its frame, and the frame is kept", () => {
  const { take, items, frames } = begun((event) => {
    if (event.ev === "item" && (event.item as { bad?: boolean }).bad) throw new RangeError("too deep");
  });
  take(KEY_FRAME);
  const frame = says({ n: 1 }, { bad: true }, { n: 3 });
  take(frame);
  expect(items()).toEqual([{ n: 1 }, { n: 3 }]);
  expect(frames()).toEqual([["unreadable", frame.toString("base64")]]);
});

test("frames that come before the key are read once it is there, in their order", () => {
  const { take, items, frames, told } = begun();
  take(says({ n: 1 }));
  take(says({ n: 2 }));
  expect(told.map(({ ev }) => ev)).toEqual(["state"]);
  take(KEY_FRAME);
  take(says({ n: 3 }));
  expect(items()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  expect(told.filter(({ ev }) => ev === "item").map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(frames()).toEqual([]);
});

test("and are kept when it never comes, or when they are too many", () => {
  const { take, frames, close } = begun();
  const frame = says({ n: 1 });
  for (let n = 0; n < 600; n += 1) take(frame);
  expect(frames().length).toBe(100);
  close();
  expect(frames().length).toBe(600);
  expect(new Set(frames().map(([why]) => why))).toEqual(new Set(["no-key"]));
});

test("a connection that ends after a long sleep was alive until the last ping that was answered", () => {
  const began = new Date("2026-11-22T08:00:00Z").getTime();
  vi.setSystemTime(began);
  const { session, socket, take, states } = begun();
  take(KEY_FRAME);
  vi.setSystemTime(began + 21_000);
  session.tick(Date.now());
  socket.emit("pong", Buffer.from(socket.pings[0] ?? ""));
  expect(session.stats(0).heard_at).toBe(began + 21_000);
  // An hour of sleep; what lay in the socket comes out, then the watchdog finds nobody.
  vi.setSystemTime(began + 3_600_000);
  take(says({ n: 1 }));
  vi.setSystemTime(began + 3_600_000 + 2 * SILENCE);
  session.tick(Date.now());
  expect(states().at(-1)).toEqual(["closed", began + 21_000]);
});

test("an answer without words is that to the oldest ping", () => {
  const began = Date.now();
  const { session, socket, take } = begun();
  take(KEY_FRAME);
  for (const seconds of [21, 42]) {
    vi.setSystemTime(began + seconds * 1000);
    session.tick(Date.now());
  }
  socket.emit("pong", Buffer.alloc(0));
  expect(session.stats(0).heard_at).toBe(began + 21_000);
  session.close();
});
