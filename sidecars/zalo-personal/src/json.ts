/** JSON in which whole numbers beyond 2^53 come out as strings: Zalo's ids are that big. */

const LONG_NUMBER = /\d{16}/;
const NUMBERS = /-?\d{16,}(?![\d.eE])/g;

/** Raises `SyntaxError`. */
export function parseExact(text: string): unknown {
  return JSON.parse(LONG_NUMBER.test(text) ? quoteLongNumbers(text) : text);
}

function quoteLongNumbers(text: string): string {
  let out = "";
  let from = 0;
  while (true) {
    const opening = text.indexOf('"', from);
    out += quoted(opening < 0 ? text.slice(from) : text.slice(from, opening));
    if (opening < 0) return out;
    from = endOfString(text, opening) + 1;
    out += text.slice(opening, from);
  }
}

function quoted(between: string): string {
  return between.replace(NUMBERS, (digits, at: number) =>
    // The digits after a point or an exponent are no number of their own.
    /[\d.eE+]/.test(between[at - 1] ?? "") || Number.isSafeInteger(Number(digits)) ? digits : `"${digits}"`,
  );
}

function endOfString(text: string, opening: number): number {
  let end = text.indexOf('"', opening + 1);
  while (end > 0) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

export type Dictionary = Record<string, unknown>;

export function isDictionary(value: unknown): value is Dictionary {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text of an id, which Zalo writes now as a number, now as a string; null for anything else. */
export function idOf(value: unknown): string | null {
  if (typeof value === "string" && value !== "") return value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}
