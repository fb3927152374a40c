import type { ConversationRow } from "../../api/types";
import { folded } from "../../shared/folded";

/** What somebody looks for within a view. */
export type Narrowing = { words: string; unread: boolean; accountId: number | null };

export const NOT_NARROWED: Narrowing = { words: "", unread: false, accountId: null };

export function isNarrowed({ words, unread, accountId }: Narrowing): boolean {
  return folded(words) !== "" || unread || accountId !== null;
}

/** Not who serves: half a company is called Nguyễn, and the list does not show them. */
function sought(row: ConversationRow): string {
  const { title, code, contact, tags } = row;
  const said = [title, code, contact?.name, contact?.code, ...tags.map((tag) => tag.name)];
  return folded(said.filter(Boolean).join("\n"));
}

/** The rows that fit: each word somewhere in a name, code or tag, whether or not it was typed with its marks. */
export function narrow(rows: readonly ConversationRow[], narrowing: Narrowing): ConversationRow[] {
  const words = folded(narrowing.words).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (narrowing.unread && row.unread_count === 0) return false;
    if (narrowing.accountId !== null && row.account.id !== narrowing.accountId) return false;
    if (words.length === 0) return true;
    const text = sought(row);
    return words.every((word) => text.includes(word));
  });
}

/** The accounts of the rows, each once, by name. */
export function accountsOf(rows: readonly ConversationRow[]): ConversationRow["account"][] {
  const found = new Map(rows.map((row) => [row.account.id, row.account]));
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
}
