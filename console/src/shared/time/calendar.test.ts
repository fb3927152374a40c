import { describe, expect, it } from "vitest";
import {
  clockTime,
  dayKey,
  daysAgo,
  formatNumber,
  fullDate,
  shortDate,
  startOfDay,
  weekday,
} from "./calendar";

const ZONE = "Asia/Ho_Chi_Minh";
const at = (iso: string) => Date.parse(iso);

describe("calendar", () => {
  it("tells time in the company's zone", () => {
    expect(clockTime(at("2026-11-21T17:05:00Z"), ZONE)).toBe("00:05");
    expect(fullDate(at("2026-11-21T17:05:00Z"), ZONE)).toBe("22/11/2026");
    expect(dayKey(at("2026-11-21T16:59:00Z"), ZONE)).toBe("2026-11-21");
  });

  it("knows when a day begins there", () => {
    expect(new Date(startOfDay("2026-11-22", ZONE)).toISOString()).toBe("2026-11-21T17:00:00.000Z");
    expect(new Date(startOfDay("2026-11-22", "America/New_York")).toISOString()).toBe(
      "2026-11-22T05:00:00.000Z",
    );
  });

  it("leaves the present year out of a short date", () => {
    const now = at("2026-11-22T00:00:00Z");
    expect(shortDate(at("2026-01-05T00:00:00Z"), now, ZONE)).toBe("05/01");
    expect(shortDate(at("2025-01-05T00:00:00Z"), now, ZONE)).toBe("05/01/2025");
  });

  it("counts days by midnight, not by 24 hours", () => {
    expect(daysAgo(at("2026-11-21T16:59:00Z"), at("2026-11-21T17:01:00Z"), ZONE)).toBe(1);
    expect(daysAgo(at("2026-11-21T17:01:00Z"), at("2026-11-22T16:59:00Z"), ZONE)).toBe(0);
  });

  it("starts the week on Monday", () => {
    expect(weekday(at("2026-11-23T03:00:00Z"), ZONE)).toBe(0);
    expect(weekday(at("2026-11-22T03:00:00Z"), ZONE)).toBe(6);
  });

  it("writes numbers the Vietnamese way", () => {
    expect(formatNumber(1234.5)).toBe("1.234,5");
  });
});
