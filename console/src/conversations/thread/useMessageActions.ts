import type { Message } from "../../api/types";
import { useThreadTools } from "./threadTools";
import { useReact } from "./useReact";

/** What one can do with a message, here and now. */
export function useMessageActions(message: Message) {
  const { can, quote, recall } = useThreadTools();
  const react = useReact(message);
  const recalled = Boolean(message.recalled);
  return {
    reacts: !recalled && message.can_react && can.has("reaction"),
    quotes: !recalled && message.can_quote && can.has("quote"),
    recalls: !recalled && message.can_recall && can.has("recall"),
    copies: Boolean(message.text),
    mine: message.reactions.find((one) => one.mine)?.icon ?? null,
    react: (icon: string | null) => react.mutate(icon),
    quote: () => quote(message),
    recall: () => recall(message),
  };
}
