import type { Message, Reaction } from "../../api/types";

/** The account has one reaction on a message: a new one takes the place of the last, null takes it away. */
export function withReaction(message: Message, icon: string | null, name: string): Message {
  const others = message.reactions.flatMap((one): Reaction[] => {
    if (!one.mine) return [one];
    const names = one.names.filter((known) => known !== name);
    return one.count > 1 ? [{ ...one, count: one.count - 1, names, mine: false }] : [];
  });
  if (icon === null) return { ...message, reactions: others };
  const there = others.find((one) => one.icon === icon);
  const mine: Reaction = there
    ? { ...there, count: there.count + 1, names: [...there.names, name], mine: true }
    : { icon, count: 1, names: [name], mine: true };
  const reactions = there ? others.map((one) => (one === there ? mine : one)) : [...others, mine];
  return { ...message, reactions };
}
