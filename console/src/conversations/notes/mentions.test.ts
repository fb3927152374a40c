import { describe, expect, it } from "vitest";
import { fitting } from "../../people/choosing/fitting";
import { complete, cutAtMentions, mentionAt, stillNamed } from "./mentions";

const lan = { id: 1, name: "Lê Thị Lan" };
const anh = { id: 2, name: "Lê Thị Lan Anh" };
const duc = { id: 3, name: "Đỗ Đức" };

describe("a mention that is being written", () => {
  it.each([
    ["@", "", 0],
    ["Nhờ @la", "la", 4],
    ["Nhờ @lê thị la", "lê thị la", 4],
    ["(@đ", "đ", 1],
    ["a\n@l", "l", 2],
  ])("is found in %j", (text, typed, from) => {
    expect(mentionAt(text, text.length)).toEqual({ from, typed });
  });

  it.each(["shop@example.com", "@ lan", "@lan\nxong", "@lan  ", "xong", "@a b c d e f"])(
    "is not in %j",
    (text) => {
      expect(mentionAt(text, text.length)).toBeNull();
    },
  );

  it("ends where the caret is, not at the end of the text", () => {
    expect(mentionAt("Nhờ @la xem giúp", 7)).toEqual({ from: 4, typed: "la" });
  });

  it("is completed with the whole name and a space, the caret behind it", () => {
    const done = complete("Nhờ @la xem", 7, { from: 4, typed: "la" }, lan.name);
    expect(done).toEqual({ text: "Nhờ @Lê Thị Lan xem", caret: 16 });
    expect(complete("@", 1, { from: 0, typed: "" }, "Đỗ Đức")).toEqual({ text: "@Đỗ Đức ", caret: 8 });
  });

  it("finds people without their marks, and each word anywhere in the name", () => {
    const found = (typed: string) => fitting([lan, anh, duc], typed, []).map((one) => one.id);
    expect(found("duc")).toEqual([3]);
    expect(found("Đư")).toEqual([3]);
    expect(found("anh le")).toEqual([2]);
    // As Telex leaves it in the middle of a word.
    expect(found("lê thi")).toEqual([1, 2]);
    expect(fitting([lan, anh], "lan", [1])).toEqual([anh]);
    // Whose name the word is, before those whose names only begin so.
    const huynh = { id: 4, name: "Huỳnh Mỹ Duyên" };
    const huy = { id: 5, name: "Lê Quốc Huy" };
    expect(fitting([huynh, huy], "huy", [])).toEqual([huy, huynh]);
  });
});

describe("who is mentioned", () => {
  it("is who is still named when the note is written", () => {
    expect(stillNamed("Nhờ @Lê Thị Lan xem", [lan, duc])).toEqual([lan]);
    expect(stillNamed("Nhờ @Đỗ Đức và @Đỗ Đức", [duc, duc])).toEqual([duc]);
    expect(stillNamed("Nhờ Lê Thị Lan", [lan])).toEqual([]);
  });

  it("is the longer name where one begins as another", () => {
    expect(stillNamed("@Lê Thị Lan Anh xem", [lan, anh])).toEqual([anh]);
    expect(stillNamed("@Lê Thị Lan Anh xem", [lan])).toEqual([lan]);
    expect(stillNamed("@Lê Thị Lana", [lan])).toEqual([]);
  });

  it("stands out in the text", () => {
    expect(cutAtMentions("Nhờ @Đỗ Đức, gấp", [duc])).toEqual([
      { text: "Nhờ ", person: null },
      { text: "@Đỗ Đức", person: duc },
      { text: ", gấp", person: null },
    ]);
    expect(cutAtMentions("", [duc])).toEqual([]);
  });
});
