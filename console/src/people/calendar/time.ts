import type { Interval } from "../../api/calendar";
import { clockTime, dayKey, startOfDay } from "../../shared/time/calendar";

const DAY_MINUTES = 1440;
const MINUTE_MS = 60_000;

/** `08:30`, also for minutes past midnight of the next day. */
export function clock(minute: number): string {
  const within = minute % DAY_MINUTES;
  return `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
}

/** Minutes of `08:30`; null while it is being typed. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** An interval as two clocks tell it: what ends at or before its start ends on the next day. */
export function interval(opens: number, closes: number): Interval {
  return { opens_minute: opens, closes_minute: closes <= opens ? closes + DAY_MINUTES : closes };
}

/** `8:00–12:00`, for people. */
export function spanText({ opens_minute, closes_minute }: Interval): string {
  return `${clock(opens_minute)}–${clock(closes_minute)}`;
}

/** The day, `2026-11-23`, that is `days` later. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MINUTES * MINUTE_MS).toISOString().slice(0, 10);
}

/** The Monday of the week of a day. */
export function mondayOf(day: string): string {
  return dayAfter(day, -((new Date(Date.parse(day)).getUTCDay() + 6) % 7));
}

/** When the clock on the wall of the company shows this minute of this day. */
export function wallTime(day: string, minute: number, zone: string): string {
  const whole = dayAfter(day, Math.floor(minute / DAY_MINUTES));
  const within = minute % DAY_MINUTES;
  let at = startOfDay(whole, zone) + within * MINUTE_MS;
  // On a day on which the clock is changed, the hours after it are not as far from midnight as they say.
  const shown = minuteOf(clockTime(at, zone)) ?? within;
  if (dayKey(at, zone) === whole) at += (within - shown) * MINUTE_MS;
  return new Date(at).toISOString();
}
