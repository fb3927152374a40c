import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";

/** Zalo tells it again every few seconds as long as somebody writes. */
const LASTS_MS = 6_000;
const NOBODY: readonly string[] = [];

/** Who writes just now, per conversation. Nothing of it is kept. */
export class TypingPeople {
  private readonly names = new Map<number, readonly string[]>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  of(conversationId: number): readonly string[] {
    return this.names.get(conversationId) ?? NOBODY;
  }

  hear(conversationId: number, name: string): void {
    const key = `${conversationId} ${name}`;
    clearTimeout(this.timers.get(key));
    this.timers.set(
      key,
      setTimeout(() => this.drop(conversationId, name), LASTS_MS),
    );
    if (this.of(conversationId).includes(name)) return;
    this.write(conversationId, [...this.of(conversationId), name]);
  }

  /** What was being written has come. */
  clear(conversationId: number): void {
    for (const name of this.of(conversationId)) this.drop(conversationId, name);
  }

  private drop(conversationId: number, name: string): void {
    const key = `${conversationId} ${name}`;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    this.write(
      conversationId,
      this.of(conversationId).filter((one) => one !== name),
    );
  }

  private write(conversationId: number, names: readonly string[]): void {
    if (names.length > 0) this.names.set(conversationId, names);
    else this.names.delete(conversationId);
    for (const listener of this.listeners) listener();
  }
}

const everybodys = new WeakMap<QueryClient, TypingPeople>();

/** One for the whole console, as long as its cache lives. */
export function typingOf(client: QueryClient): TypingPeople {
  const known = everybodys.get(client);
  if (known) return known;
  const made = new TypingPeople();
  everybodys.set(client, made);
  return made;
}

export function useTyping(conversationId: number): readonly string[] {
  const people = typingOf(useQueryClient());
  return useSyncExternalStore(
    people.subscribe,
    useCallback(() => people.of(conversationId), [people, conversationId]),
  );
}
