import { describe, expect, it } from "vitest";
import { passwordRules } from "./passwordRules";

const kept = (password: string, login?: string) =>
  passwordRules(password, login)
    .filter((one) => one.kept)
    .map((one) => one.rule);

describe("passwordRules", () => {
  it("counts letters, not bytes", () => {
    expect(kept("gối lông vũ")).toEqual(["length", "varied"]);
    expect(kept("gối lông ")).toEqual(["varied"]);
  });

  it("wants more than two different letters, and takes capitals and marks for the same", () => {
    expect(kept("aaaaaÁÁÁbbbb")).toEqual(["length"]);
  });

  it.each([
    ["hoa-hồng-2026", "hoa1@minhlong.example", true],
    ["lanhoang-2026", "lanhoang@minhlong.example", false],
    ["xin 912 345 678", "0912 345 678", false],
    ["xin 912 345 678", "+84 912345678", false],
    ["gối lông vũ 2026", "0912345678", true],
  ])("%s of %s", (password, login, allowed) => {
    expect(kept(password, login).includes("not_login")).toBe(allowed);
  });

  it("keeps nothing while there is nothing", () => {
    expect(kept("", "a@b.example")).toEqual([]);
  });
});
