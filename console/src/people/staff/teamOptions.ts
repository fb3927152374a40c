import type { Team } from "../../api/admin";

/** The tree as the choices of a select: a list has no other way to show depth than spaces that stay. */
export function teamOptions(teams: readonly Team[]): { value: string; label: string }[] {
  return teams.map(({ id, name, depth }) => ({
    value: `${id}`,
    label: `${"\u2003".repeat(depth)}${name}`,
  }));
}

/** All but a team and what stands below it: where it may move. `teams` come as a tree, each above its own. */
export function without(teams: readonly Team[], gone: Team): Team[] {
  const below = new Set([gone.id]);
  return teams.filter(({ id, parent_id }) => {
    if (parent_id !== null && below.has(parent_id)) below.add(id);
    return !below.has(id);
  });
}
