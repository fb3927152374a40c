import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import { LostConversations } from "./lost";

const everybodys = new WeakMap<QueryClient, LostConversations>();

/** One for the whole console, as long as its cache lives. */
export function lostOf(client: QueryClient): LostConversations {
  const known = everybodys.get(client);
  if (known) return known;
  const made = new LostConversations();
  everybodys.set(client, made);
  return made;
}

export function useLost(): LostConversations {
  return lostOf(useQueryClient());
}

export function useIsLost(id: number): boolean {
  const lost = useLost();
  return useSyncExternalStore(
    lost.subscribe,
    useCallback(() => lost.has(id), [lost, id]),
  );
}

/** Why it went, as soon as somebody says so. */
export function useLostReason(id: number): string | null {
  const lost = useLost();
  return useSyncExternalStore(
    lost.subscribe,
    useCallback(() => lost.reasonOf(id), [lost, id]),
  );
}

export function useLostNotice(): string | null {
  const lost = useLost();
  return useSyncExternalStore(
    lost.subscribe,
    useCallback(() => lost.notice, [lost]),
  );
}
