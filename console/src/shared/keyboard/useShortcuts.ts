import { useEffect, useRef } from "react";

type Shortcuts = Partial<Record<string, (event: KeyboardEvent) => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** A dialog may have closed on this very key: then only the key itself still tells that it was the dialog's. */
function inDialog(target: EventTarget | null): boolean {
  const dialog = '[role="dialog"]';
  return (
    (target instanceof Element && target.closest(dialog) !== null) || document.querySelector(dialog) !== null
  );
}

/**
 * Single-key shortcuts of the whole page, by `event.key` in lower case. Silent while somebody types, an input method composes, a
 * modifier is held, or a dialog is open.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (isTyping(event.target) || inDialog(event.target)) return;
      latest.current[event.key.toLowerCase()]?.(event);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
