import { describe, expect, it } from "vitest";
import { waitingLevel, waitingMs } from "./time/waiting";
import { initials } from "./ui/Face";
import { uuid } from "./uuid";

describe("uuid", () => {
  it("makes a version 4 id where the page is not secure", () => {
    const insecure = { getRandomValues: crypto.getRandomValues.bind(crypto) } as unknown as Crypto;
    const made = uuid(insecure);
    expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuid(insecure)).not.toBe(made);
  });
});

describe("initials", () => {
  it("take the last two words of a Vietnamese name", () => {
    expect(initials("Nguyễn Thị Lan")).toBe("TL");
    expect(initials("đào")).toBe("Đ");
    expect(initials("Đại lý – giá tháng 11")).toBe("GT");
    expect(initials("  ")).toBe("");
  });
});

describe("waiting", () => {
  it("has three levels and never runs backwards", () => {
    const now = Date.parse("2026-11-22T03:00:00Z");
    expect(waitingMs("2026-11-22T03:05:00Z", now)).toBe(0);
    expect([0, 10, 60].map((minutes) => waitingLevel(minutes * 60_000))).toEqual(["calm", "warm", "late"]);
  });
});
