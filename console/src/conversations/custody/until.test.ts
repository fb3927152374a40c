import { describe, expect, it } from "vitest";
import { dayAfter, endDays, endOf } from "./until";

const ZONE = "Asia/Ho_Chi_Minh";
const NOW = Date.parse("2026-11-22T18:30:00Z"); // 01:30 of the 23rd in the zone

describe("when a share ends", () => {
  it("is so many days from now, to the hour", () => {
    expect(endOf("7", "", NOW, ZONE)).toBe(Date.parse("2026-11-29T18:30:00Z"));
  });

  it("is the end of the chosen day in the company's zone", () => {
    expect(endOf("date", "2026-11-23", NOW, ZONE)).toBe(Date.parse("2026-11-23T16:59:59Z"));
  });

  it("is neither in the past nor further than the server allows", () => {
    expect(endDays(NOW, ZONE)).toEqual({ first: "2026-11-23", last: "2027-02-20" });
    expect(endOf("date", "2026-11-22", NOW, ZONE)).toBeNull();
    expect(endOf("date", "2027-02-21", NOW, ZONE)).toBeNull();
    expect(endOf("date", "", NOW, ZONE)).toBeNull();
    const last = endOf("date", "2027-02-20", NOW, ZONE) ?? 0;
    expect(last - NOW).toBeLessThan(90 * 86_400_000);
  });

  it("goes over the end of a month and a year", () => {
    expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
    expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
  });
});
