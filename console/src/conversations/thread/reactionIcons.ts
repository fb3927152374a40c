import { msg } from "@lingui/core/macro";

/** The reactions that Zalo takes from an official account, in the order in which Zalo shows them. */
export const REACTIONS = [
  { icon: "/-heart", emoji: "❤️", name: msg`Yêu thích` },
  { icon: "/-strong", emoji: "👍", name: msg`Thích` },
  { icon: ":>", emoji: "😆", name: msg`Cười to` },
  { icon: ":o", emoji: "😮", name: msg`Ngạc nhiên` },
  { icon: ":-((", emoji: "😭", name: msg`Khóc` },
  { icon: "--b", emoji: "😢", name: msg`Buồn` },
  { icon: ":-h", emoji: "😡", name: msg`Tức giận` },
] as const;

/** As an emoji; what we do not know stays as the channel wrote it. */
export function emojiOf(icon: string): string {
  return REACTIONS.find((one) => one.icon === icon)?.emoji ?? icon;
}
