import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "../../api/types";

const FLASH_MS = 1_600;
const TOLD_MS = 2_500;
/** How far back one click looks. */
const MOST_PAGES = 20;

/** Leads to a message of the thread by its id; older pages are read until it is there, or known not to be. */
export function useJump(
  content: RefObject<HTMLDivElement | null>,
  toRow: (element: Element) => void,
  messages: readonly Message[],
  whole: boolean,
  loading: boolean,
  loadOlder: () => Promise<void>,
) {
  const [target, setTarget] = useState<number | null>(null);
  const [gone, setGone] = useState(false);
  const read = useRef(0);

  useEffect(() => {
    if (target === null) return;
    const row = content.current?.querySelector(`[data-message~="${target}"]`);
    if (row) {
      setTarget(null);
      toRow(row);
      row.setAttribute("data-flash", "");
      setTimeout(() => row.removeAttribute("data-flash"), FLASH_MS);
      return;
    }
    // Every reading of an older page changes `messages`, and comes here again.
    if (loading) return;
    if (whole || messages.length === 0 || read.current >= MOST_PAGES) {
      setTarget(null);
      setGone(true);
      return;
    }
    read.current += 1;
    void loadOlder();
  }, [content, target, toRow, messages, whole, loading, loadOlder]);

  useEffect(() => {
    if (!gone) return;
    const timer = setTimeout(() => setGone(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [gone]);

  const jumpTo = useCallback((id: number) => {
    read.current = 0;
    setTarget(id);
  }, []);
  return { jumpTo, searching: target !== null ? ("looking" as const) : gone ? ("gone" as const) : null };
}
