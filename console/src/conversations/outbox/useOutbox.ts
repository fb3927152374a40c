import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import type { Outbox, Pending } from "./outbox";

export const OutboxContext = createContext<Outbox | null>(null);

export function useOutbox(): Outbox {
  const outbox = useContext(OutboxContext);
  if (!outbox) throw new Error("OutboxContext is missing");
  return outbox;
}

/** What this conversation still has on its way, oldest first. */
export function usePending(conversationId: number): readonly Pending[] {
  const outbox = useOutbox();
  const all = useSyncExternalStore(outbox.subscribe, outbox.snapshot);
  return useMemo(() => all.filter((item) => item.conversationId === conversationId), [all, conversationId]);
}
