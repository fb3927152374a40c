import type { Message } from "../../api/types";
import { useThreadTools } from "./threadTools";
import { useReact } from "./useReact";

/** What one can do with a message, here and now. */
export function useMessageActions(message: Message) {
  const { can, quote } = useThreadTools();
  const react = useReact(message);
  return {
    reacts: message.can_react && can.has("reaction"),
    quotes: message.can_quote && can.has("quote"),
    copies: Boolean(message.text),
    mine: message.reactions.find((one) => one.mine)?.icon ?? null,
    react: (icon: string | null) => react.mutate(icon),
    quote: () => quote(message),
  };
}
