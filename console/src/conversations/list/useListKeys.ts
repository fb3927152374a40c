import { type RefObject, useEffect } from "react";
import type { ConversationRow } from "../../api/types";
import { focusRow } from "../../shared/keyboard/targets";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";

type Options = {
  rows: ConversationRow[];
  selectedId: number | null;
  viewport: RefObject<HTMLDivElement | null>;
  scrollTo: (index: number) => void;
};

const KEYS: Partial<Record<string, 1 | -1 | "first" | "last">> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: "first",
  End: "last",
};

function focusedId(): number | null {
  const id = (document.activeElement as HTMLElement | null)?.dataset.conversation;
  return id ? Number(id) : null;
}

/**
 * j and k walk the list from anywhere, the arrows, Home and End inside it; n goes to the next unread one. Enter opens, as
 * on any link.
 */
export function useListKeys({ rows, selectedId, viewport, scrollTo }: Options): void {
  const here = () => rows.findIndex((row) => row.id === (focusedId() ?? selectedId));
  const to = (index: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (!row) return;
    scrollTo(rows.indexOf(row));
    // A row from far away is on the screen only after the next frame.
    if (!focusRow(row.id)) requestAnimationFrame(() => focusRow(row.id));
  };
  const step = (by: 1 | -1) => {
    const from = here();
    to(from < 0 ? 0 : from + by);
  };
  const unread = () => {
    const from = here();
    const fits = (row: ConversationRow) => row.unread_count > 0;
    const after = rows.findIndex((row, index) => index > from && fits(row));
    const index = after >= 0 ? after : rows.findIndex(fits);
    if (index >= 0) to(index);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1), n: unread });

  useEffect(() => {
    const element = viewport.current;
    const onKeyDown = (event: KeyboardEvent) => {
      const go = KEYS[event.key];
      if (!go || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (go === "first") to(0);
      else if (go === "last") to(rows.length - 1);
      else step(go);
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  });
}
