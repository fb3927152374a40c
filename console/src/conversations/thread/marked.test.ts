import { describe, expect, it } from "vitest";
import { marked } from "./marked";

const cut = (text: string, ...mentions: { name: string; me: boolean; pos: number; len: number }[]) =>
  marked(text, mentions).map(({ text: words, mention, href }) => [words, mention ?? (href ? "link" : "")]);

describe("marked", () => {
  it("cuts names and addresses out of the words around them", () => {
    expect(
      cut(
        "Chào @Lan và @Huy, xem https://vi.du nhé",
        { name: "Huy", me: true, pos: 13, len: 4 },
        { name: "Lan", me: false, pos: 5, len: 4 },
      ),
    ).toEqual([
      ["Chào ", ""],
      ["@Lan", "other"],
      [" và ", ""],
      ["@Huy", "me"],
      [", xem ", ""],
      ["https://vi.du", "link"],
      [" nhé", ""],
    ]);
  });

  it("tells where each piece begins in the whole text", () => {
    const text = "@Lan https://vi.du";
    for (const piece of marked(text, [{ name: "Lan", me: false, pos: 0, len: 4 }]))
      expect(text.slice(piece.at, piece.at + piece.text.length)).toBe(piece.text);
  });

  it("leaves out what lies beyond the text, or over another name", () => {
    expect(
      cut(
        "@Lan ơi",
        { name: "Lan", me: false, pos: 0, len: 4 },
        { name: "x", me: false, pos: 2, len: 3 },
        { name: "y", me: false, pos: 5, len: 90 },
      ),
    ).toEqual([
      ["@Lan", "other"],
      [" ơi", ""],
    ]);
  });
});
