import { folded } from "../../../shared/folded";
import { GROUPS, type Group, groupOf } from "../states";
import type { PersonalAccount } from "../types";
import type { BoardSearch } from "./search";

function sought({ name, phone, uid, holder }: PersonalAccount): string {
  const local = phone?.replace(/^\+84/, "0") ?? "";
  return folded([name, phone, local, uid, holder.name].filter(Boolean).join("\n"));
}

const byName = (a: PersonalAccount, b: PersonalAccount) =>
  a.name.localeCompare(b.name, "vi", { numeric: true }) || a.id - b.id;
const rank = (account: PersonalAccount) => GROUPS.indexOf(groupOf(account.state));
const whole = (account: PersonalAccount) => account.completeness.percent ?? 100;

const ORDERS: Record<NonNullable<BoardSearch["order"]> | "trouble", typeof byName> = {
  trouble: (a, b) => rank(a) - rank(b) || byName(a, b),
  name: byName,
  recent: (a, b) => (b.last_message_at ?? "").localeCompare(a.last_message_at ?? "") || byName(a, b),
  completeness: (a, b) => whole(a) - whole(b) || byName(a, b),
};

/** The accounts that fit, in the order that was asked for; those that need a hand first, unless it was. */
export function boardRows(
  accounts: readonly PersonalAccount[],
  { state, holder, search, order }: BoardSearch,
): PersonalAccount[] {
  const words = folded(search ?? "")
    .split(/\s+/)
    .filter(Boolean);
  return accounts
    .filter((account) => {
      if (state && groupOf(account.state) !== state) return false;
      if (holder !== undefined && account.holder.id !== holder) return false;
      if (words.length === 0) return true;
      const text = sought(account);
      return words.every((word) => text.includes(word));
    })
    .sort(ORDERS[order ?? "trouble"]);
}

export function countGroups(accounts: readonly PersonalAccount[]): Record<Group, number> {
  const counts: Record<Group, number> = { attention: 0, connecting: 0, online: 0, stopped: 0 };
  for (const { state } of accounts) counts[groupOf(state)] += 1;
  return counts;
}

/** Who holds an account here, each once, by name. */
export function holdersOf(accounts: readonly PersonalAccount[]): PersonalAccount["holder"][] {
  const found = new Map(accounts.map(({ holder }) => [holder.id, holder]));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
}
