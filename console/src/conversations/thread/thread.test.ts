import { describe, expect, it } from "vitest";
import { message } from "../../../tests/fixtures";
import { phoneAddress, safeAddress } from "./media/addresses";
import { gridOf, pictureBox } from "./media/boxes";
import { endingOf, fileKind } from "./media/fileKinds";
import { nextSpeed, playTime } from "./media/playback";
import { emojiOf } from "./reactionIcons";
import { withReaction } from "./reactions";

describe("withReaction", () => {
  const theirs = { icon: "/-heart", count: 1, names: ["Lan"], mine: false };

  it("joins the same reaction of others, and leaves it again", () => {
    const joined = withReaction(message(1, { reactions: [theirs] }), "/-heart", "Huy");
    expect(joined.reactions).toEqual([{ icon: "/-heart", count: 2, names: ["Lan", "Huy"], mine: true }]);
    expect(withReaction(joined, null, "Huy").reactions).toEqual([theirs]);
  });

  it("is one for the account: another takes its place", () => {
    const once = withReaction(message(1), ":o", "Huy");
    expect(withReaction(once, ":>", "Huy").reactions).toEqual([
      { icon: ":>", count: 1, names: ["Huy"], mine: true },
    ]);
    expect(withReaction(once, null, "Huy").reactions).toEqual([]);
  });

  it("shows a reaction that we do not know as it was written", () => {
    expect([emojiOf("/-strong"), emojiOf("/-rose")]).toEqual(["👍", "/-rose"]);
  });
});

describe("pictures", () => {
  it("keep their shape, and never vanish", () => {
    expect(pictureBox(1200, 900)).toEqual({ width: 300, height: 225 });
    expect(pictureBox(2000, 20)).toEqual({ width: 300, height: 48 });
    expect(pictureBox(null, 5)).toEqual({ width: 240, height: 180 });
  });

  it("leave no hole in the grid", () => {
    expect([2, 3, 4, 5].map((count) => gridOf(count))).toEqual([
      { columns: 2, wideFirst: false },
      { columns: 2, wideFirst: true },
      { columns: 2, wideFirst: false },
      { columns: 3, wideFirst: false },
    ]);
  });
});

describe("addresses", () => {
  it("are links only when they are safe", () => {
    expect(safeAddress("https://www.example.com/a")).toEqual({
      href: "https://www.example.com/a",
      host: "example.com",
    });
    expect(["javascript:alert(1)", "data:text/html,x", "/api/x", "", null].map(safeAddress)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it("are phone numbers only when there is a number", () => {
    expect(phoneAddress("+84 912.345.678")).toBe("tel:+84912345678");
    expect([phoneAddress("không có"), phoneAddress(null), phoneAddress("+")]).toEqual([null, null, null]);
  });
});

describe("files", () => {
  it("are known by their ending, else by their type", () => {
    expect(fileKind("Báo giá.PDF", null)).toMatchObject({ tone: "red", label: "PDF" });
    expect(fileKind(null, "application/pdf").label).toBe("PDF");
    expect(fileKind("README", "application/vnd.something-long").label).toBeNull();
    expect([endingOf("a.tar.gz"), endingOf(".hidden"), endingOf("x")]).toEqual(["gz", "", ""]);
  });
});

describe("playing", () => {
  it("tells time as a clock, and goes round the speeds", () => {
    expect([playTime(0), playTime(7_900), playTime(754_000)]).toEqual(["0:00", "0:07", "12:34"]);
    expect([nextSpeed(1), nextSpeed(1.5), nextSpeed(2)]).toEqual([1.5, 2, 1]);
  });
});
