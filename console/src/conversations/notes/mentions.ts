import type { StaffRef } from "../../api/visibility";

/** As long a name as is looked for: "@nguyen thi anh tu". */
const LONGEST = 40;
const MOST_WORDS = 5;

/** The mention that is being written where the caret stands: where its @ is, and what was typed behind it. */
export type Typing = { from: number; typed: string };

export function mentionAt(text: string, caret: number): Typing | null {
  const before = text.slice(Math.max(0, caret - LONGEST - 1), caret);
  const at = before.lastIndexOf("@");
  if (at < 0) return null;
  const typed = before.slice(at + 1);
  const from = caret - typed.length - 1;
  // An address is no mention: before the @ of one stands no letter.
  const ahead = text[from - 1];
  if (ahead !== undefined && !/[\s([{"'“‘,.;:!?-]/u.test(ahead)) return null;
  if (/[\n@]|^\s|\s{2}/u.test(typed) || typed.split(/\s/u).length > MOST_WORDS) return null;
  return { from, typed };
}

/** Puts the whole name in place of what was typed, and the caret behind it. */
export function complete(
  text: string,
  caret: number,
  typing: Typing,
  name: string,
): { text: string; caret: number } {
  const after = text.slice(caret);
  const put = `@${name}${/^\s/u.test(after) ? "" : " "}`;
  return {
    text: text.slice(0, typing.from) + put + after,
    caret: typing.from + name.length + 2,
  };
}

const WORD = /[\p{L}\p{N}]/u;

type Piece<P> = { text: string; person: P | null };

/** The text cut at the names of those whom it mentions, the longest name first. */
export function cutAtMentions<P extends { name: string }>(text: string, people: readonly P[]): Piece<P>[] {
  const names = [...people].sort((a, b) => b.name.length - a.name.length);
  const pieces: Piece<P>[] = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const person = names.find(({ name }) => {
      const end = at + name.length + 1;
      return text.startsWith(`@${name}`, at) && !WORD.test(text[end] ?? "");
    });
    if (!person) {
      plain += text[at];
      at += 1;
      continue;
    }
    if (plain) pieces.push({ text: plain, person: null });
    plain = "";
    pieces.push({ text: `@${person.name}`, person });
    at += person.name.length + 1;
  }
  if (plain) pieces.push({ text: plain, person: null });
  return pieces;
}

/** Those of the chosen people whom the text still names, each once. */
export function stillNamed(text: string, chosen: readonly StaffRef[]): StaffRef[] {
  const names = new Set(cutAtMentions(text, chosen).map((piece) => piece.person?.name));
  const found = new Map(chosen.filter((one) => names.has(one.name)).map((one) => [one.id, one]));
  return [...found.values()];
}
