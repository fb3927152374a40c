import { createContext, useContext } from "react";
import type { Message, Phone } from "../shared/api";

/** What the parts of a chat can do. */
export type Deeds = {
  phone: Phone;
  /** Does it, reads the thread again, and says so when it failed. */
  attempt: (deed: () => Promise<unknown>) => Promise<void>;
  reply: (message: Message) => void;
  look: (picture: string) => void;
  askInfo: () => void;
  retry: (id: string) => void;
  say: (words: string) => void;
};

export const ChatContext = createContext<Deeds | null>(null);

export function useDeeds(): Deeds {
  const deeds = useContext(ChatContext);
  if (!deeds) throw new Error("outside of a chat");
  return deeds;
}
