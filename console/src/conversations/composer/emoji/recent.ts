import { local, type TextStore } from "../../../shared/storage";

const KEY = "sokhach.emoji";
const MOST = 18;

/** What was used last on this browser, newest first. */
export function recentEmojis(store: TextStore = local): string[] {
  const saved = store.get(KEY);
  return saved ? saved.split(" ").filter(Boolean).slice(0, MOST) : [];
}

export function rememberEmoji(char: string, store: TextStore = local): void {
  const others = recentEmojis(store).filter((one) => one !== char);
  store.set(KEY, [char, ...others].slice(0, MOST).join(" "));
}
