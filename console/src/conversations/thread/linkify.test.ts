import { describe, expect, it } from "vitest";
import { linkify } from "./linkify";

const parts = (text: string) => linkify(text).map((piece) => (piece.href ? [piece.text] : piece.text));

describe("linkify", () => {
  it("finds an address inside a sentence and leaves the comma out", () => {
    expect(parts("Xem https://a.vn/b?c=1, nhé")).toEqual(["Xem ", ["https://a.vn/b?c=1"], ", nhé"]);
  });

  it("loses no character", () => {
    const text = "(https://a.vn/x). Và http://b.vn!";
    expect(
      linkify(text)
        .map((p) => p.text)
        .join(""),
    ).toBe(text);
  });

  it("links nothing but the web", () => {
    expect(parts("javascript:alert(1) data:text/html,x")).toEqual(["javascript:alert(1) data:text/html,x"]);
  });
});
