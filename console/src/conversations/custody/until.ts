import { dayKey, startOfDay } from "../../shared/time/calendar";

const DAY_MS = 86_400_000;
/** As far ahead as the server lets a share end. */
export const MOST_DAYS = 90;

export type Term = "1" | "7" | "30" | "date";

/** A day so many days after another, both as `dayKey` writes them. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The days on which a share can end, first and last. The last is one short of the most: a day ends at its end. */
export function endDays(now: number, zone: string): { first: string; last: string } {
  const today = dayKey(now, zone);
  return { first: today, last: dayAfter(today, MOST_DAYS - 1) };
}

/** When a share ends, in ms: so many days from now to the hour, or at the end of a chosen day. Null: not a day that may be. */
export function endOf(term: Term, day: string, now: number, zone: string): number | null {
  if (term !== "date") return now + Number(term) * DAY_MS;
  const { first, last } = endDays(now, zone);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || day < first || day > last) return null;
  return startOfDay(dayAfter(day, 1), zone) - 1000;
}
