import { PassThrough, Readable, Writable } from "node:stream";
import { expect, test } from "vitest";
import { eachLine } from "../src/input.ts";
import { Output } from "../src/output.ts";

/** A host that takes nothing until it is told to. */
class Slow extends Writable {
  readonly taken: string[] = [];
  private held: (() => void)[] = [];
  private open = false;

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.taken.push(chunk.toString());
    if (this.open) done();
    else this.held.push(done);
  }

  go(): void {
    this.open = true;
    for (const done of this.held.splice(0)) done();
  }
}

test("a host that does not read stops the sources, and nothing is lost", async () => {
  const slow = new Slow();
  const output = new Output(slow, { high: 10_000, low: 2000 });
  const told: boolean[] = [];
  output.onFull = (full) => told.push(full);
  const lines = 500;
  for (let n = 0; n < lines; n += 1) output.write({ ev: "item", n, text: "x".repeat(100) }, n % 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(told).toEqual([true]);
  expect(output.share(0) + output.share(1)).toBe(lines);
  slow.go();
  await output.flushed();
  expect(told).toEqual([true, false]);
  expect(output.share(0) + output.share(1)).toBe(0);
  const got = slow.taken.join("").trimEnd().split("\n");
  expect(got.map((line) => JSON.parse(line).n)).toEqual(Array.from({ length: lines }, (_, n) => n));
});

test("a fast host never stops the sources", async () => {
  const output = new Output(new PassThrough().resume(), { high: 10_000, low: 2000 });
  const told: boolean[] = [];
  output.onFull = (full) => told.push(full);
  for (let n = 0; n < 50; n += 1) {
    output.write({ n, text: "x".repeat(1000) });
    await output.flushed();
  }
  expect(told).toEqual([]);
});

test("half a character harms no line", async () => {
  const got: string[] = [];
  const stream = new PassThrough();
  stream.on("data", (chunk) => got.push(chunk.toString()));
  const output = new Output(stream);
  const words = ["cắt 😀".slice(0, -1), "😀".slice(1), "\\ud83d", "\\\ud83d", '"\ud83d"', "nguyên 😀"];
  output.write({ words });
  await output.flushed();
  expect(got.join("")).not.toMatch(/[^\\]\\ud/);
  expect(JSON.parse(got.join("")).words).toEqual([
    "cắt \ufffd",
    "\ufffd",
    "\\ud83d",
    "\\\ufffd",
    '"\ufffd"',
    "nguyên 😀",
  ]);
});

test("lines are whole however they come in", async () => {
  const got: string[] = [];
  const bytes = Buffer.from('{"a":"chào ạ"}\n\n{"b":2}\nrest');
  const pieces = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(at, at + 1));
  await eachLine(Readable.from(pieces, { objectMode: false }), (line) => got.push(line));
  expect(got).toEqual(['{"a":"chào ạ"}', '{"b":2}']);
});
