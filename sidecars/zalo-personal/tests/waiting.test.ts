import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Failure, failureOf, within } from "../src/failure.ts";
import { FilesDone } from "../src/files.ts";
import { OldPages } from "../src/old.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => {});
const done = (fileId: unknown, data: unknown) => ({ content: { act_type: "file_done", fileId, data } });

test("a call that nobody answers ends, and what is under way hears it", async () => {
  let heard: AbortSignal | null = null;
  const call = within(20_000, (signal) => {
    heard = signal;
    return never();
  }).catch(failureOf);
  await vi.advanceTimersByTimeAsync(19_999);
  expect(heard?.["aborted" as never]).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await call).toMatchObject({ kind: "timeout" });
  expect(heard?.["aborted" as never]).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("a failure tells of which phase it is, once", () => {
  const lost = new Failure("network", "ECONNREFUSED", null, "upload");
  expect(lost.in("send").phase).toBe("upload");
  expect(new Failure("timeout", "").in("send").phase).toBe("send");
  expect(failureOf(new TypeError("with somebody's words"))).toMatchObject({
    kind: "bug",
    message: "TypeError",
  });
});

test("the word that a file is there may come first, last, or never", async () => {
  const files = new FilesDone();
  files.take(done(5, { url: "u5" }));
  const quiet = new AbortController();
  expect(await files.url("5", quiet.signal)).toBe("u5");
  const later = files.url("6", quiet.signal);
  files.take(done("6", '{"url":"u6"}'));
  files.take(null);
  files.take(done("7", null));
  expect(await later).toBe("u6");
  const lost = within(60_000, (signal) => files.url("8", signal)).catch(failureOf);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await lost).toMatchObject({ kind: "timeout" });
  const ended = files.url("9", quiet.signal).catch(failureOf);
  files.end(new Failure("closed", ""));
  expect(await ended).toMatchObject({ kind: "closed" });
});

test("pages of old messages are asked one at a time, and told of when their items are out", async () => {
  const asked: [boolean, string | null][] = [];
  const pages = new OldPages((group, last) => asked.push([group, last]));
  const { signal } = new AbortController();
  const first = pages.ask(false, null, signal);
  const second = pages.ask(false, "7", signal);
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([[false, null]]);
  const msgs = [
    { msgId: "9", ts: "1750000000002" },
    { msgId: "8", ts: "1750000000001" },
  ];
  pages.take(501, 0, { data: { msgs } });
  pages.settle(510);
  pages.take(510, 1, { error_code: 0, data: { msgs, more: 1 } });
  pages.settle(510);
  expect(await first).toEqual({ count: 2, oldest_id: "8", oldest_ts: 1750000000001, more: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([
    [false, null],
    [false, "7"],
  ]);
  pages.take(510, 1, { error_code: 600, error_message: "zpw_sek" });
  pages.settle(510);
  expect(await second.catch(failureOf)).toMatchObject({ kind: "api", code: 600 });
});
