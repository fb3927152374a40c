import { describe, expect, it } from "vitest";
import { readCalendarSearch } from "./search";
import { clock, dayAfter, interval, minuteOf, mondayOf, spanText, wallTime } from "./time";

describe("hours", () => {
  it("are told as a clock tells them, past midnight too", () => {
    expect([clock(0), clock(510), clock(1440), clock(1560)]).toEqual(["00:00", "08:30", "00:00", "02:00"]);
    expect([minuteOf("08:30"), minuteOf(""), minuteOf("8:3")]).toEqual([510, null, null]);
  });

  it("that end before they begin end on the next day", () => {
    expect(interval(480, 720)).toEqual({ opens_minute: 480, closes_minute: 720 });
    expect(interval(1080, 120)).toEqual({ opens_minute: 1080, closes_minute: 1560 });
    expect(spanText(interval(0, 0))).toBe("00:00–00:00");
  });
});

describe("days", () => {
  it("follow each other over months and leap days", () => {
    expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
    expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  });

  it("belong to the week that began on Monday", () => {
    expect(["2026-11-22", "2026-11-23", "2026-11-29"].map(mondayOf)).toEqual([
      "2026-11-16",
      "2026-11-23",
      "2026-11-23",
    ]);
  });

  it("begin where the company is", () => {
    expect(wallTime("2026-11-23", 480, "Asia/Ho_Chi_Minh")).toBe("2026-11-23T01:00:00.000Z");
    expect(wallTime("2026-11-23", 1560, "Asia/Ho_Chi_Minh")).toBe("2026-11-23T19:00:00.000Z");
    expect(wallTime("2026-03-29", 720, "Europe/Berlin")).toBe("2026-03-29T10:00:00.000Z");
    expect(wallTime("2026-10-25", 720, "Europe/Berlin")).toBe("2026-10-25T11:00:00.000Z");
  });
});

it("the address keeps what the page knows", () => {
  expect(readCalendarSearch({ section: "shifts", team: 3, week: "2026-11-23", year: 2027 })).toEqual({
    section: "shifts",
    team: 3,
    week: "2026-11-23",
    year: 2027,
  });
  expect(readCalendarSearch({ section: "hours", team: -1, week: "2026-99-99", year: 1, x: 1 })).toEqual({});
});
