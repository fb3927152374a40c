import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { onSudoNeeded } from "../../api/sudo";

const SudoDialog = lazy(() => import("./SudoDialog"));

/** Stands in every page behind sign-in, and asks when a request is refused because it is dangerous. */
export function SudoGate() {
  const waiting = useRef<((proven: boolean) => void) | null>(null);
  const [asks, setAsks] = useState(false);
  const close = (proven: boolean) => {
    waiting.current?.(proven);
    waiting.current = null;
    setAsks(false);
  };
  useEffect(() => {
    const leave = onSudoNeeded(
      () =>
        new Promise((resolve) => {
          waiting.current = resolve;
          setAsks(true);
        }),
    );
    // Heard before the dialogs that stand below, which came later and would all close.
    const hear = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.isComposing || !waiting.current) return;
      event.stopImmediatePropagation();
      waiting.current(false);
      waiting.current = null;
      setAsks(false);
    };
    window.addEventListener("keydown", hear, { capture: true });
    return () => {
      leave();
      window.removeEventListener("keydown", hear, { capture: true });
      waiting.current?.(false);
    };
  }, []);
  if (!asks) return null;
  return (
    <Suspense fallback={null}>
      <SudoDialog close={close} />
    </Suspense>
  );
}
