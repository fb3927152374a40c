/** A frame of Zalo Web, taken apart: version · command (16 bits, little endian) · subcommand · UTF-8 JSON. */

import { inflateSync } from "node:zlib";
import { openFrame } from "./crypto.ts";
import { type Dictionary, isDictionary, parseExact } from "./json.ts";
import type { FrameEvent } from "./protocol.gen.ts";

const INFLATED_BYTES = 128 * 1024 * 1024;

/** Commands of which it is known in what lists they carry what they carry. */
const MAPPED = new Set([501, 502, 510, 511, 521, 522, 601, 602, 610, 611, 612]);

/** Answers to questions, which are empty at the end of what there is. */
const ANSWERS = new Set([510, 511, 610, 611]);

/** What an envelope says that carries nothing. */
const ENVELOPE = new Set(["error_code", "error_message", "data", "encrypt"]);

export interface Header {
  cmd: number;
  sub: number;
}

export interface Element {
  /** The name under which it stood; null when it was not in a list. */
  list: string | null;
  item: unknown;
}

export class FrameError extends Error {
  constructor(readonly why: FrameEvent["why"]) {
    super(why);
  }
}

export function headerOf(frame: Buffer): Header {
  return frame.length < 4 ? { cmd: 0, sub: 0 } : { cmd: frame.readUInt16LE(1), sub: frame.readUInt8(3) };
}

/** The JSON outside of all encryption; null when there is none at all. Raises `FrameError`. */
export function envelopeOf(frame: Buffer): Dictionary | null {
  if (frame.length < 4 || frame[0] !== 1) throw new FrameError("unreadable");
  if (frame.length === 4) return null;
  const envelope = unreadableUnless(() => parseExact(frame.toString("utf8", 4)));
  if (!isDictionary(envelope)) throw new FrameError("unreadable");
  return envelope;
}

/** What the frame says, decrypted and unpacked. Raises `FrameError`. */
export function bodyOf(envelope: Dictionary, key: Buffer | null): unknown {
  const { encrypt, data } = envelope;
  if (encrypt === undefined) return envelope;
  if (typeof data !== "string") {
    if (encrypt === 0) return data;
    throw new FrameError("unreadable");
  }
  if (encrypt === 0) return unreadableUnless(() => parseExact(data));
  if (encrypt !== 1 && encrypt !== 2 && encrypt !== 3) throw new FrameError("undecryptable");
  const packed = encrypt === 1 ? Buffer.from(data, "base64") : opened(data, key);
  return unreadableUnless(() => {
    const text = encrypt === 3 ? packed : inflateSync(packed, { maxOutputLength: INFLATED_BYTES });
    return parseExact(text.toString("utf8"));
  });
}

function opened(data: string, key: Buffer | null): Buffer {
  if (!key) throw new FrameError("no-key");
  try {
    return openFrame(key, Buffer.from(decodeURIComponent(data), "base64"));
  } catch {
    throw new FrameError("undecryptable");
  }
}

function unreadableUnless<T>(read: () => T): T {
  try {
    return read();
  } catch {
    throw new FrameError("unreadable");
  }
}

/**
 * Every element of every list, whatever the lists are called. What stands outside of lists is kept as one element when
 * there are no lists, or when it is more than a few flags beside them: an object, or a text where the lists are empty or
 * nobody knows the command. What a command that nobody knows says with empty lists alone is kept as it is.
 */
export function split(body: unknown, cmd: number): Element[] {
  const refused = isDictionary(body) && typeof body.error_code === "number" && body.error_code !== 0;
  const data = isDictionary(body) && !refused && body.data != null ? body.data : body;
  if (Array.isArray(data)) return data.map((item) => ({ list: null, item }));
  if (!isDictionary(data)) return [{ list: null, item: data }];
  const lists = Object.entries(data).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const rest = Object.entries(data).filter(([, value]) => !Array.isArray(value));
  const elements: Element[] = lists.flatMap(([list, items]) => items.map((item) => ({ list, item })));
  const mapped = MAPPED.has(cmd);
  if (elements.length === 0 && lists.length > 0 && !mapped) return [{ list: null, item: data }];
  const texts = !mapped || (elements.length === 0 && !ANSWERS.has(cmd));
  const says =
    lists.length === 0
      ? rest.some(([name]) => refused || !ENVELOPE.has(name))
      : rest.some(([name, value]) => isDictionary(value) || (texts && !ENVELOPE.has(name) && isText(value)));
  if (says) elements.push({ list: null, item: Object.fromEntries(rest) });
  return elements;
}

/** More than a number, which Zalo writes as a text now and then. */
function isText(value: unknown): boolean {
  return typeof value === "string" && !/^\s*-?\d*\s*$/.test(value);
}

/** A frame to send, as a browser makes it. */
export function frameOf(cmd: number, sub: number, data: Dictionary): Buffer {
  const text = Buffer.from(JSON.stringify(data), "utf8");
  const frame = Buffer.alloc(4 + text.length);
  frame.writeUInt8(1, 0);
  frame.writeUInt16LE(cmd, 1);
  frame.writeUInt8(sub, 3);
  text.copy(frame, 4);
  return frame;
}
