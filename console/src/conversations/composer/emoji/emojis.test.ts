import { describe, expect, it } from "vitest";
import { emojiNamed, findEmojis, GROUPS } from "./emojis";
import { recentEmojis, rememberEmoji } from "./recent";

const chars = (words: string) => findEmojis(words).map((emoji) => emoji.char);

describe("the emojis", () => {
  it("each stand once, with a name in both languages", () => {
    const all = GROUPS.flatMap((group) => group.emojis);
    expect(new Set(all.map((emoji) => emoji.char)).size).toBe(all.length);
    const bad = all.filter(({ char, names }) => !/\p{Emoji}/u.test(char) || !names.vi[0] || !names.en[0]);
    expect(bad).toEqual([]);
    expect(all.length).toBeGreaterThan(300);
  });

  it("are found in Vietnamese with and without marks, and in English", () => {
    expect(chars("cảm ơn")).toContain("🙏");
    expect(chars("cam on")).toEqual(chars("cảm ơn"));
    expect(chars("thanks")[0]).toBe("🙏");
    expect(chars("giao hàng")).toEqual(expect.arrayContaining(["🚚", "🛵"]));
    expect(chars("lixi")).toEqual([]);
    expect(chars("li xi")[0]).toBe("🧧");
    expect(chars("  ")).toEqual([]);
  });

  it("put what is called so before what only holds the letters", () => {
    expect(chars("bò")[0]).toBe("🐮");
    expect(chars("nhà")[0]).toBe("🏠");
  });

  it("are known by their sign", () => {
    expect(emojiNamed("👍")?.names.vi[0]).toBe("thích");
    expect(emojiNamed("🫠")).toBeUndefined();
  });
});

describe("recent ones", () => {
  it("are newest first, each once, and not more than a few rows", () => {
    const kept = new Map<string, string>();
    const store = {
      get: (key: string) => kept.get(key) ?? null,
      set: (key: string, value: string | null) => void (value && kept.set(key, value)),
    };
    expect(recentEmojis(store)).toEqual([]);
    for (const char of ["👍", "🙏", "👍"]) rememberEmoji(char, store);
    expect(recentEmojis(store)).toEqual(["👍", "🙏"]);
    for (const { char } of GROUPS[0]?.emojis ?? []) rememberEmoji(char, store);
    expect(recentEmojis(store)).toHaveLength(18);
  });
});
