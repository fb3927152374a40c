import { useCallback, useEffect, useRef, useState } from "react";
import { local, type TextStore } from "../../shared/storage";

const WRITE_MS = 300;

/** A note that was begun, and whom it names, are drafts of their own: they never become a message. */
export type DraftKind = "draft" | "note" | "note-mentions";
const KINDS: readonly DraftKind[] = ["draft", "note", "note-mentions"];

const forgotten = new EventTarget();

export function draftKey(personId: number, conversationId: number, kind: DraftKind = "draft"): string {
  return `sokhach.${kind}.${personId}.${conversationId}`;
}

/** Leaves nothing of what somebody began to write in a conversation, on the screen neither. */
export function forgetDrafts(personId: number, conversationId: number, store: TextStore = local): void {
  for (const kind of KINDS) {
    const key = draftKey(personId, conversationId, kind);
    store.set(key, null);
    forgotten.dispatchEvent(new Event(key));
  }
}

/** What somebody began to write in a conversation; kept in this browser until it is sent or emptied. */
export function useDraft(
  personId: number,
  conversationId: number,
  kind: DraftKind = "draft",
  store: TextStore = local,
) {
  const key = draftKey(personId, conversationId, kind);
  const [text, setText] = useState(() => store.get(key) ?? "");
  const unsaved = useRef<string | null>(null);

  const save = useCallback(() => {
    if (unsaved.current === null) return;
    store.set(key, unsaved.current.trim() === "" ? null : unsaved.current);
    unsaved.current = null;
  }, [key, store]);

  useEffect(() => {
    const timer = setInterval(save, WRITE_MS);
    window.addEventListener("pagehide", save);
    return () => {
      clearInterval(timer);
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [save]);

  useEffect(() => {
    const forget = () => {
      unsaved.current = null;
      setText("");
    };
    forgotten.addEventListener(key, forget);
    return () => forgotten.removeEventListener(key, forget);
  }, [key]);

  const write = useCallback((value: string) => {
    unsaved.current = value;
    setText(value);
  }, []);

  const clear = useCallback(() => {
    unsaved.current = null;
    setText("");
    store.set(key, null);
  }, [key, store]);

  return { text, write, clear };
}
