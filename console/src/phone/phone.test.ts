import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kindOf, orderOf, type Pending, stillPending, withPending } from "./chat/outbox";
import { card, opened, picture, place } from "./chat/parts";
import { timeline } from "./chat/timeline";
import { heights } from "./chat/Voice";
import { placeOf, searchOf } from "./shared/address";
import type { Customer, Message } from "./shared/api";
import { Live } from "./shared/live";
import { picked, tradesOf, waits } from "./shared/pick";
import { Reader } from "./shared/reader";

const NOON = Date.parse("2026-11-22T05:00:00Z");
const MINUTE = 60_000;

function message(id: string, minutes: number, src: 0 | 1 = 0): Message {
  return {
    msg_id: id,
    src,
    type: "text",
    text: id,
    time: NOON + minutes * MINUTE,
    quote: null,
    attachments: [],
    extra: {},
    reactions: [],
    own_reactions: [],
  };
}

function pending(id: string, change: Partial<Pending> = {}): Pending {
  return {
    id,
    order: { type: "text", text: id },
    quote: null,
    file: null,
    preview: null,
    time: NOON,
    failed: false,
    sentAs: null,
    ...change,
  };
}

function customer(name: string, change: Partial<Customer> = {}): Customer {
  return { user_id: name, name, avatar: "", created: 0, last: null, life: null, taken: false, ...change };
}

describe("the thread", () => {
  it("keeps together what one side says without a pause, within a day", () => {
    const rows = timeline([message("a", 0), message("b", 2), message("c", 3, 1), message("d", 20, 1)]);
    const said = rows.flatMap((row) => (row.kind === "message" ? [[row.key, row.first, row.last]] : []));
    expect(said).toEqual([
      ["a", true, false],
      ["b", false, true],
      ["c", true, true],
      ["d", true, true],
    ]);
  });

  it("begins each Vietnamese day with a divider", () => {
    // 23:58 and 00:02 in Vietnam.
    const rows = timeline([message("a", 11 * 60 + 58), message("b", 12 * 60 + 2)]);
    expect(rows.map((row) => row.kind)).toEqual(["day", "message", "day", "message"]);
    expect(rows.at(-1)).toMatchObject({ first: true });
  });

  it("shows what is on its way until the thread has it", () => {
    const [sent, waiting] = [pending("x", { sentAs: "a" }), pending("y", { failed: true })];
    const shown = withPending([message("a", 0, 1)], [sent, waiting]);
    expect(shown.map((one) => [one.msg_id, one.pending])).toEqual([
      ["a", undefined],
      ["y", "failed"],
    ]);
    expect(stillPending([message("a", 0, 1)], [sent, waiting])).toEqual([waiting]);
    expect(stillPending([], [sent])).toEqual([sent]);
  });

  it("makes a link of an address that stands alone, and of nothing else", () => {
    expect(orderOf(" https://shop.vn/a ").type).toBe("link");
    expect(orderOf("xem https://shop.vn/a").type).toBe("text");
    expect(orderOf("javascript:alert(1)").type).toBe("text");
  });

  it("knows what becomes of a file", () => {
    const file = (name: string, type: string) => kindOf(new File([""], name, { type }));
    expect(file("a.jpg", "image/jpeg")).toBe("image");
    expect(file("a.gif", "image/gif")).toBe("gif");
    expect(file("a.mov", "video/quicktime")).toBe("video");
    expect(file("a.amr", "")).toBe("audio");
    expect(file("a.svg", "image/svg+xml")).toBe("file");
  });
});

describe("what others wrote", () => {
  it("is loaded from here or over https only", () => {
    expect(picture("/cdn/a.png")).toBe("/cdn/a.png");
    expect(picture("https://a.vn/b.png")).toBe("https://a.vn/b.png");
    for (const bad of ["//a.vn/b.png", "http://a.vn/b.png", "javascript:1", "data:image/svg+xml,", null]) {
      expect(picture(bad)).toBeNull();
    }
  });

  it("is read without trusting its shape", () => {
    expect(place({ coordinates: { latitude: "10.5", longitude: 106 } })).toEqual({
      latitude: 10.5,
      longitude: 106,
    });
    expect(place({ coordinates: { latitude: "x" } })).toBeNull();
    expect(card({ description: "{" })).toEqual({ phone: null, qr: null });
    expect(card({ description: '{"phone":"84912","qrCodeUrl":3}' })).toEqual({ phone: "84912", qr: null });
  });

  it("opens what Zalo opens", () => {
    expect(opened("oa.open.url", { url: "https://a.vn" })).toEqual({ kind: "url", address: "https://a.vn" });
    expect(opened("oa.open.sms", { phone_code: "0912", content: "MUA" })).toMatchObject({ words: "MUA" });
    expect(opened("oa.query.show", "Giá bao nhiêu")).toBeNull();
  });

  it("has one shape of voice for one address", () => {
    expect(heights("/cdn/a")).toEqual(heights("/cdn/a"));
    expect(heights("/cdn/a")).not.toEqual(heights("/cdn/b"));
    expect(Math.max(...heights("/cdn/a"))).toBeLessThanOrEqual(100);
  });
});

describe("the list", () => {
  const lan = customer("Đặng Thị Lan", {
    life: { running: true, trade: "fashion", city: "Cần Thơ" },
    last: { src: 1, type: "text", text: "Váy còn hàng không", time: 1 },
  });
  const minh = customer("Minh", { life: { running: true, trade: "electrical" } });

  it("is searched as people type", () => {
    expect(picked([lan, minh], { words: "dang thi", trade: null })).toEqual([lan]);
    expect(picked([lan, minh], { words: "vay con", trade: null })).toEqual([lan]);
    expect(picked([lan, minh], { words: "can tho", trade: "electrical" })).toEqual([]);
    expect(picked([lan, minh], { words: "", trade: "electrical" })).toEqual([minh]);
  });

  it("knows who waits, and which trades there are", () => {
    expect([lan, minh].map(waits)).toEqual([true, false]);
    expect(tradesOf([lan, minh, customer("Khách")])).toEqual(["electrical", "fashion"]);
  });
});

describe("the address", () => {
  it("opens a given customer", () => {
    const there = { oa: "388", user: "77" };
    expect(placeOf(searchOf(there))).toEqual(there);
    expect(placeOf("")).toEqual({ oa: null, user: null });
    expect(placeOf("?user=77")).toEqual({ oa: null, user: null });
  });

  it("opens a given phone, and a thread on it", () => {
    const nobody = { oa: null, user: null };
    for (const there of [
      { ...nobody, me: "", thread: null, group: false },
      { ...nobody, me: "18", thread: null, group: false },
      { ...nobody, me: "18", thread: "19", group: false },
      { ...nobody, me: "18", thread: "20", group: true },
    ])
      expect(placeOf(searchOf(there))).toEqual(there);
    expect(placeOf("?me=&thread=19&group=1")).toEqual({ ...nobody, me: "", thread: null, group: false });
  });
});

describe("a reader", () => {
  it("reads once more for all who asked meanwhile", async () => {
    const answers: ((value: number) => void)[] = [];
    const given: number[] = [];
    const reader = new Reader<number>(
      () => new Promise((resolve) => answers.push(resolve)),
      (value) => given.push(value),
      () => undefined,
    );
    const done = reader.ask();
    void reader.ask();
    void reader.ask();
    answers[0]?.(1);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[1]?.(2);
    await done;
    expect([given, answers.length]).toEqual([[1, 2], 2]);
  });
});

describe("the line", () => {
  class FakeSource extends EventTarget {
    onerror: ((event: Event) => void) | null = null;
    closed = false;
    close() {
      this.closed = true;
    }
    says(name: string) {
      this.dispatchEvent(new Event(name));
    }
  }
  const sources: FakeSource[] = [];
  const said: string[] = [];
  const start = () => {
    const live = new Live(
      {
        thread: () => said.push("thread"),
        list: () => said.push("list"),
        state: (state) => said.push(state),
      },
      () => {
        const source = new FakeSource();
        sources.push(source);
        return source as unknown as EventSource;
      },
    );
    live.start();
    return live;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    sources.length = 0;
    said.length = 0;
  });
  afterEach(() => void vi.useRealTimers());

  it("comes back by itself, and then everything is news", () => {
    const live = start();
    sources[0]?.says("open");
    sources[0]?.onerror?.(new Event("error"));
    expect([said, sources[0]?.closed]).toEqual([["open", "thread", "list", "lost"], true]);
    vi.advanceTimersByTime(1_000);
    expect(sources).toHaveLength(2);
    sources[1]?.says("open");
    expect(said.slice(4)).toEqual(["open", "thread", "list"]);
    live.stop();
  });

  it("takes a long silence for a cut", () => {
    const live = start();
    sources[0]?.says("open");
    vi.advanceTimersByTime(20_000);
    sources[0]?.says("beat");
    vi.advanceTimersByTime(20_000);
    expect(said).not.toContain("lost");
    vi.advanceTimersByTime(5_200);
    expect(said).toContain("lost");
    live.stop();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
  });
});
