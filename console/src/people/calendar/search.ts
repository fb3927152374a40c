export const SECTIONS = ["hours", "days", "shifts", "leave"] as const;
export type Section = (typeof SECTIONS)[number];

/** What the address of the page says: which part, of which team, of which year or week. */
export type CalendarSearch = {
  section?: Exclude<Section, "hours">;
  team?: number;
  year?: number;
  week?: string;
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Keeps what this page knows, and leaves the rest out. */
export function readCalendarSearch(given: Record<string, unknown>): CalendarSearch {
  const read: CalendarSearch = {};
  const section = SECTIONS.find((one) => one === given.section);
  if (section && section !== "hours") read.section = section;
  if (Number.isSafeInteger(given.team) && (given.team as number) > 0) read.team = given.team as number;
  if (Number.isSafeInteger(given.year) && (given.year as number) >= 2000 && (given.year as number) < 2100)
    read.year = given.year as number;
  if (typeof given.week === "string" && DAY.test(given.week) && !Number.isNaN(Date.parse(given.week)))
    read.week = given.week;
  return read;
}
