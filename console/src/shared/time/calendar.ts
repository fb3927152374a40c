export const DEFAULT_ZONE = "Asia/Ho_Chi_Minh";

const formatters = new Map<string, Intl.DateTimeFormat>();

function parts(at: number, zone: string): Record<string, string> {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      weekday: "short",
    });
    formatters.set(zone, formatter);
  }
  return Object.fromEntries(formatter.formatToParts(at).map((part) => [part.type, part.value]));
}

/** `2026-11-22` in the zone: two moments are the same day when their keys are equal. */
export function dayKey(at: number, zone: string): string {
  const p = parts(at, zone);
  return `${p.year}-${p.month}-${p.day}`;
}

/** When a day, as `dayKey` writes it, begins in the zone. */
export function startOfDay(day: string, zone: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const p = parts(utc, zone);
  const shown = Date.parse(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:00Z`);
  return utc - (shown - utc);
}

/** `08:05` */
export function clockTime(at: number, zone: string): string {
  const p = parts(at, zone);
  return `${p.hour}:${p.minute}`;
}

/** `22/11/2026` */
export function fullDate(at: number, zone: string): string {
  const p = parts(at, zone);
  return `${p.day}/${p.month}/${p.year}`;
}

/** `22/11` in the present year, else `22/11/2025`. */
export function shortDate(at: number, now: number, zone: string): string {
  const p = parts(at, zone);
  return p.year === parts(now, zone).year ? `${p.day}/${p.month}` : `${p.day}/${p.month}/${p.year}`;
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** 0 = Monday … 6 = Sunday: weeks start on Monday. */
export function weekday(at: number, zone: string): number {
  return WEEKDAYS.indexOf(parts(at, zone).weekday ?? "Mon");
}

/** Whole calendar days from `at` to `now` in the zone: 0 today, 1 yesterday, negative in the future. */
export function daysAgo(at: number, now: number, zone: string): number {
  return Math.round((Date.parse(dayKey(now, zone)) - Date.parse(dayKey(at, zone))) / 86_400_000);
}

const numbers = new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 1 });

/** `1.234,5`: Vietnamese separators in every language of the console. */
export function formatNumber(value: number): string {
  return numbers.format(value);
}
