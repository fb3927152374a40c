import { Outlet, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useIsPhone } from "../shared/breakpoints";
import { focusRow } from "../shared/keyboard/targets";
import classes from "./ConversationsPage.module.css";
import { ListPane } from "./list/ListPane";
import { NOT_NARROWED } from "./list/narrowing";

/** The inbox: list, thread, customer. On a phone one of them at a time. */
export function ConversationsPage() {
  const phone = useIsPhone();
  const { view } = useSearch({ from: "/app/conversations" });
  const selectedId = useParams({ strict: false }).conversationId ?? null;
  // Both outlive the list, which on a phone makes room for the thread.
  const place = useRef({ view, top: 0 });
  const [narrowing, setNarrowing] = useState(NOT_NARROWED);
  useReturnToRow(selectedId);
  return (
    <div className={classes.page}>
      {(!phone || selectedId === null) && (
        <ListPane
          view={view}
          selectedId={selectedId}
          place={place}
          narrowing={narrowing}
          narrow={(change) => setNarrowing({ ...narrowing, ...change })}
        />
      )}
      {(!phone || selectedId !== null) && <Outlet />}
    </div>
  );
}

/** Whoever comes back from a thread stands where they left the list. */
function useReturnToRow(selectedId: number | null): void {
  const before = useRef(selectedId);
  useEffect(() => {
    const left = before.current;
    before.current = selectedId;
    if (selectedId !== null || left === null) return;
    // The list draws its rows one frame after it has found its place.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) focusRow(left);
    });
    return () => cancelAnimationFrame(frame);
  }, [selectedId]);
}
