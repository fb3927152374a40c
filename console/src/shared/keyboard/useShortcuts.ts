import { useEffect, useRef } from "react";

type Shortcuts = Partial<Record<string, (event: KeyboardEvent) => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

/**
 * Single-key shortcuts of the whole page, by `event.key` in lower case. Silent while somebody types, an input method composes, a
 * modifier is held, or a dialog or menu is open.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    // A dialog may close on this very key, before we hear of it: so we look before anybody else does.
    let dialogsKey = false;
    const look = () => {
      dialogsKey = dialogOpen();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (isTyping(event.target) || dialogsKey || dialogOpen()) return;
      latest.current[event.key.toLowerCase()]?.(event);
    };
    window.addEventListener("keydown", look, true);
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", look, true);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
