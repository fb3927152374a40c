import type { Tag } from "../api/types";
import { folded } from "../shared/folded";

const MOST = 8;

/** Tags that match what was typed and are not there yet: those that begin with it first. */
export function suggest(all: readonly Tag[], has: readonly Tag[], typed: string): Tag[] {
  const wanted = folded(typed);
  const there = new Set(has.map((tag) => tag.id));
  const rank = (tag: Tag) => (folded(tag.name).startsWith(wanted) ? 0 : 1);
  return all
    .filter((tag) => !there.has(tag.id) && folded(tag.name).includes(wanted))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}
