import { describe, expect, it } from "vitest";
import { type KeyFacts, sendsOnKey } from "./enterKey";

const enter: KeyFacts = {
  key: "Enter",
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  keyCode: 13,
};

describe("sendsOnKey", () => {
  it("sends on Enter alone", () => {
    expect(sendsOnKey(enter, false)).toBe(true);
    expect(sendsOnKey({ ...enter, key: "a", keyCode: 65 }, false)).toBe(false);
  });

  it("makes a new line on Shift + Enter", () => {
    expect(sendsOnKey({ ...enter, shiftKey: true }, false)).toBe(false);
  });

  it("leaves Enter to an input method that composes", () => {
    expect(sendsOnKey({ ...enter, isComposing: true }, false)).toBe(false);
    expect(sendsOnKey({ ...enter, isComposing: true, ctrlKey: true }, false)).toBe(false);
  });

  it("leaves the Enter that confirms in Safari (key code 229) alone", () => {
    expect(sendsOnKey({ ...enter, keyCode: 229 }, false)).toBe(false);
  });

  it("on a touch screen sends only with Ctrl or Cmd", () => {
    expect(sendsOnKey(enter, true)).toBe(false);
    expect(sendsOnKey({ ...enter, metaKey: true }, true)).toBe(true);
  });
});
