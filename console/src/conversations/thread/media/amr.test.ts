import { afterEach, expect, test, vi } from "vitest";
import { unpackVoice, wav } from "./amr";

/** Frames of 12.2 kbit/s, 20 ms each. */
const FRAMES = 3;
const FRAME = new Uint8Array(32).fill(0x55);
FRAME[0] = 0x3c;
const AMR = new Uint8Array([..."#!AMR\n"].map((one) => one.charCodeAt(0)));
const VOICE = new Uint8Array(AMR.length + FRAMES * FRAME.length);
VOICE.set(AMR);
for (let i = 0; i < FRAMES; i++) VOICE.set(FRAME, AMR.length + i * FRAME.length);

afterEach(() => vi.unstubAllGlobals());

function answer(body: Uint8Array<ArrayBuffer>, status = 200) {
  vi.stubGlobal("fetch", async () => new Response(body, { status }));
  const made: Blob[] = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (blob: Blob) => `blob:${made.push(blob)}` }));
  return made;
}

// The first use loads a script of more than a megabyte.
test("a voice becomes a sound of its length", { timeout: 60_000 }, async () => {
  const made = answer(VOICE);
  expect(await unpackVoice("/api/media/7/audio")).toBe("blob:1");
  expect(made[0]?.type).toBe("audio/wav");
  expect(made[0]?.size).toBe(44 + FRAMES * 160 * 2);
});

test("what is no voice is told", async () => {
  answer(new TextEncoder().encode("<html>"));
  await expect(unpackVoice("/x")).rejects.toThrow("not AMR");
  answer(VOICE, 404);
  await expect(unpackVoice("/x")).rejects.toThrow("404");
});

test("WAV says what it holds, and cuts off what is too loud", async () => {
  const view = new DataView(await wav(new Float32Array([0, 1, -2])).arrayBuffer());
  expect(view.byteLength).toBe(50);
  expect(view.getUint32(40, true)).toBe(6);
  expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([0, 0x7fff, -0x7fff]);
});
