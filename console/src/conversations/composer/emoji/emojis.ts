import type { Locale } from "../../../api/types";
import { folded } from "../../../shared/folded";
import { FACES, PEOPLE } from "./faces";
import { FOOD, NATURE, OBJECTS, SIGNS } from "./things";

export type GroupName = "faces" | "people" | "signs" | "nature" | "food" | "objects";

/** `names` begins with what the emoji is called; the rest are other words for it. */
export type Emoji = { char: string; names: Record<Locale, readonly string[]> };

function parse(lines: string): Emoji[] {
  return lines
    .trim()
    .split("\n")
    .map((line) => {
      const space = line.indexOf(" ");
      const [vi = "", en = ""] = line.slice(space).split("|");
      const words = (names: string) => names.split(",").map((name) => name.trim());
      return { char: line.slice(0, space), names: { vi: words(vi), en: words(en) } };
    });
}

/** In the order in which they are shown. The names are data of this list, not texts of the console. */
export const GROUPS: readonly { name: GroupName; emojis: readonly Emoji[] }[] = [
  { name: "faces", emojis: parse(FACES) },
  { name: "people", emojis: parse(PEOPLE) },
  { name: "signs", emojis: parse(SIGNS) },
  { name: "nature", emojis: parse(NATURE) },
  { name: "food", emojis: parse(FOOD) },
  { name: "objects", emojis: parse(OBJECTS) },
];

const ALL = GROUPS.flatMap((group) => group.emojis);

export function emojiNamed(char: string): Emoji | undefined {
  return ALL.find((emoji) => emoji.char === char);
}

type Rank = 0 | 1 | 2 | 3;

/** 0 is that name itself, 1 a word that begins so, 2 somewhere inside, 3 not at all. */
function rank({ names }: Emoji, wanted: string): Rank {
  let best: Rank = 3;
  for (const name of [...names.vi, ...names.en].map(folded)) {
    if (name === wanted) return 0;
    if (name.split(" ").some((_, at, words) => words.slice(at).join(" ").startsWith(wanted))) best = 1;
    else if (best === 3 && name.includes(wanted)) best = 2;
  }
  return best;
}

/** By words of either language, with or without their marks; the closest first. */
export function findEmojis(words: string): Emoji[] {
  const wanted = folded(words);
  if (wanted === "") return [];
  return ALL.map((emoji) => ({ emoji, rank: rank(emoji, wanted) }))
    .filter((one) => one.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map((one) => one.emoji);
}
