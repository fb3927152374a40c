import { describe, expect, it } from "vitest";
import { linesOf } from "./reach";

const shown = (text: string) => ({ text, masked: false });
const masked = (text: string) => ({ text, masked: true });
const nothing = { phones: [], emails: [], details_phone: null };

describe("how a customer can be reached", () => {
  it("tells a number once, however it is written", () => {
    const told = { ...nothing, phones: [shown("+84912345678")], details_phone: shown("0912 345 678") };
    expect(linesOf(told, null).map((line) => line.text)).toEqual(["+84912345678"]);
  });

  it("shows phones before addresses, masked as the server masks them", () => {
    const told = {
      phones: [masked("•••• 678")],
      emails: [masked("l•••@x.vn")],
      details_phone: masked("•••• 678"),
    };
    expect(linesOf(told, null)).toMatchObject([
      { kind: "phone", text: "•••• 678", masked: true },
      { kind: "email", text: "l•••@x.vn", masked: true },
    ]);
  });

  it("puts what was revealed in the place of what was masked", () => {
    const told = { phones: [masked("•••• 678")], emails: [], details_phone: masked("•••• 999") };
    const full = { phones: ["+84912345678"], emails: [], details_phone: "+84987654999" };
    expect(linesOf(told, full)).toMatchObject([
      { text: "+84912345678", masked: false },
      { text: "+84987654999", masked: false },
    ]);
  });
});
