import type { Role } from "../../api/admin";

const ROLES: readonly Role[] = ["staff", "lead", "manager", "admin", "auditor"];
const STATES = ["active", "unconfirmed", "suspended", "all"] as const;

export type StaffState = (typeof STATES)[number];

/** What the address of the page says: which part, which filters, whose drawer is open. */
export type StaffSearch = {
  view?: "teams";
  search?: string;
  role?: Role;
  team?: number;
  state?: Exclude<StaffState, "active">;
  person?: number;
};

function id(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

/** Keeps what this page knows, and leaves the rest out. */
export function readStaffSearch(given: Record<string, unknown>): StaffSearch {
  const { search, team, person } = given;
  const words = typeof search === "number" ? `${search}` : search;
  const role = ROLES.find((one) => one === given.role);
  const state = STATES.find((one) => one === given.state);
  const read: StaffSearch = {};
  if (given.view === "teams") read.view = "teams";
  if (typeof words === "string" && words.trim()) read.search = words;
  if (role) read.role = role;
  if (id(team)) read.team = team as number;
  if (state && state !== "active") read.state = state;
  if (id(person)) read.person = person as number;
  return read;
}
