import { useEffect, useRef, useState } from "react";

/**
 * Gives the focus back to where it was when this dialog came, or to what `otherwise` focuses where that is gone. Mantine
 * does so only for dialogs that stay mounted while they are closed; ours are loaded when they are asked for.
 */
export function useReturnFocus(otherwise?: () => unknown): void {
  const [before] = useState(() => document.activeElement);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where this dialog goes.
  useEffect(() => {
    clearTimeout(timer.current);
    return () => {
      timer.current = setTimeout(() => {
        const now = document.activeElement;
        if (now && now !== document.body) return;
        if (before instanceof HTMLElement && before.isConnected && before !== document.body)
          before.focus({ preventScroll: true });
        else otherwise?.();
      });
    };
  }, []);
}
