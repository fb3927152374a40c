import { describe, expect, it } from "vitest";
import { phoneInWords } from "./phones";
import { suggest } from "./tagSuggestions";

const tag = (id: number, name: string) => ({ id, name, colour: "blue" });

describe("suggest", () => {
  const all = [tag(1, "Đại lý"), tag(2, "Khách sỉ"), tag(3, "Sỉ lẻ")];

  it("finds without marks, those that begin so first, and not what is there", () => {
    expect(suggest(all, [], "si").map((one) => one.id)).toEqual([3, 2]);
    expect(suggest(all, [], "dai ly").map((one) => one.id)).toEqual([1]);
    expect(suggest(all, [tag(3, "Sỉ lẻ")], "SỈ").map((one) => one.id)).toEqual([2]);
    expect(suggest(all, [], "")).toHaveLength(3);
  });
});

describe("phoneInWords", () => {
  it("reads Vietnamese numbers in groups, and leaves others alone", () => {
    expect(["+84912345678", "84912345678", "0912 345 678"].map(phoneInWords)).toEqual([
      "0912 345 678",
      "0912 345 678",
      "0912 345 678",
    ]);
    expect([phoneInWords("+1 415 555 0100"), phoneInWords("113")]).toEqual(["+1 415 555 0100", "113"]);
  });
});
