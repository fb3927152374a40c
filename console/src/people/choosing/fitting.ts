import { folded } from "../../shared/folded";

/** 0 for a whole word of the name, as "huy" of "Lê Quốc Huy"; 1 for the beginning of one; 2 for what is inside. */
function distance(name: string, word: string): number {
  const parts = name.split(/\s+/);
  if (parts.includes(word)) return 0;
  return parts.some((part) => part.startsWith(word)) ? 1 : 2;
}

/**
 * Those of the read people whose names hold each word, whether or not it was typed with its marks, the nearest first:
 * the list answers to every key, the server a moment later.
 */
export function fitting<P extends { id: number | string; name: string }>(
  people: readonly P[],
  typed: string,
  without: readonly (number | string)[],
): P[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const far = (one: P) => Math.max(0, ...words.map((word) => distance(folded(one.name), word)));
  return people
    .filter((one) => {
      const name = folded(one.name);
      return !without.includes(one.id) && words.every((word) => name.includes(word));
    })
    .sort((a, b) => far(a) - far(b));
}
