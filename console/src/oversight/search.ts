/** What the address of a log's page says: its filters. `conversation` is an id; days are `2026-11-22`. */
export type LogSearch = {
  staff?: number;
  conversation?: number;
  road?: Road;
  action?: string;
  from?: string;
  until?: string;
};

export const ROADS = ["thread", "file", "note", "reveal", "search", "export"] as const;
export type Road = (typeof ROADS)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readId(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function day(value: unknown): string | undefined {
  return typeof value === "string" && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/** The id that a code (HT-000123) or a number stands for. */
export function conversationIdOf(words: string): number | undefined {
  const found = /^\s*(?:HT-?)?(\d{1,15})\s*$/i.exec(words);
  return found ? readId(Number(found[1])) : undefined;
}

export function conversationCode(id: number): string {
  return `HT-${`${id}`.padStart(6, "0")}`;
}

/** Keeps what a log's page knows, and leaves the rest out. */
export function readLogSearch(given: Record<string, unknown>): LogSearch {
  const read: LogSearch = {};
  const staff = readId(given.staff);
  const conversation = readId(given.conversation);
  const road = ROADS.find((one) => one === given.road);
  const from = day(given.from);
  const until = day(given.until);
  if (staff) read.staff = staff;
  if (conversation) read.conversation = conversation;
  if (road) read.road = road;
  if (typeof given.action === "string" && /^[a-z_]+:[a-z_]+$/.test(given.action)) read.action = given.action;
  if (from) read.from = from;
  if (until) read.until = until;
  return read;
}

/** Who, and of which conversation: what the page that explains is asked. */
export type SightSearch = { staff?: number; conversation?: number };

export function readSightSearch(given: Record<string, unknown>): SightSearch {
  const { staff, conversation } = readLogSearch(given);
  return { ...(staff && { staff }), ...(conversation && { conversation }) };
}
