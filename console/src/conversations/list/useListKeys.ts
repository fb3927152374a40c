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

function focusedId(): number | null {
  const id = (document.activeElement as HTMLElement | null)?.dataset.conversation;
  return id ? Number(id) : null;
}

/** j and k walk the list from anywhere, the arrows inside it; Enter opens, as on any link. */
export function useListKeys({ rows, selectedId, viewport, scrollTo }: Options): void {
  const step = (by: 1 | -1) => {
    const from = rows.findIndex((row) => row.id === (focusedId() ?? selectedId));
    const index = from < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, from + by));
    const row = rows[index];
    if (!row) return;
    scrollTo(index);
    // A row from far away is on the screen only after the next frame.
    if (!focusRow(row.id)) requestAnimationFrame(() => focusRow(row.id));
  };
  useShortcuts({ j: () => step(1), k: () => step(-1) });

  useEffect(() => {
    const element = viewport.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    };
    element?.addEventListener("keydown", onKeyDown);
    return () => element?.removeEventListener("keydown", onKeyDown);
  });
}
