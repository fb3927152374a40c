import type { StaffRef } from "../../api/visibility";
import { folded } from "../../shared/folded";

/**
 * Those of the read people whose names hold each word, whether or not it was typed with its marks: the list answers to
 * every key, the server a moment later.
 */
export function fitting(people: readonly StaffRef[], typed: string, without: readonly number[]): StaffRef[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return people.filter((one) => {
    const name = folded(one.name);
    return !without.includes(one.id) && words.every((word) => name.includes(word));
  });
}
