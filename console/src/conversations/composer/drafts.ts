import { useCallback, useEffect, useRef, useState } from "react";
import { local, type TextStore } from "../../shared/storage";

const WRITE_MS = 300;

function draftKey(personId: number, conversationId: number): string {
  return `sokhach.draft.${personId}.${conversationId}`;
}

/** What somebody began to write in a conversation; kept in this browser until it is sent or emptied. */
export function useDraft(personId: number, conversationId: number, store: TextStore = local) {
  const key = draftKey(personId, conversationId);
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
