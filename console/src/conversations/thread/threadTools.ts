import { createContext, useContext } from "react";
import type { Capability, Message } from "../../api/types";

/** What a message can ask of the thread around it. */
export type ThreadTools = {
  /** What the channel takes here now, and this person may send. */
  can: ReadonlySet<Capability>;
  quote: (message: Message) => void;
  jumpTo: (messageId: number) => void;
  /** Asks once more, then takes a message back. */
  recall: (message: Message) => void;
};

export const ThreadToolsContext = createContext<ThreadTools>({
  can: new Set(),
  quote: () => undefined,
  jumpTo: () => undefined,
  recall: () => undefined,
});

export function useThreadTools(): ThreadTools {
  return useContext(ThreadToolsContext);
}
