import { createContext, useContext } from "react";
import type { Message, Phone } from "../shared/api";
import type { Attempt } from "../shared/useAttempt";

/** What the parts of any chat can do. */
export type Talk = {
  attempt: Attempt;
  react: (id: string, icon: string) => Promise<unknown>;
  /** Null where nothing can be taken back. */
  recall: ((id: string) => Promise<unknown>) | null;
  reply: (message: Message) => void;
  look: (picture: string) => void;
  retry: (id: string) => void;
  say: (words: string) => void;
};

/** More of a chat with an official account. */
export type Deeds = Talk & { phone: Phone; askInfo: () => void };

export const ChatContext = createContext<Talk | Deeds | null>(null);

export function useTalk(): Talk {
  const talk = useContext(ChatContext);
  if (!talk) throw new Error("outside of a chat");
  return talk;
}

export function useDeeds(): Deeds {
  const deeds = useTalk();
  if (!("phone" in deeds)) throw new Error("outside of a chat with an official account");
  return deeds as Deeds;
}
