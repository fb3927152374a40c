import { useCallback, useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** No mouse: Enter makes a new line there, as in every chat on a phone. */
export function useIsTouch(): boolean {
  return useMedia("(hover: none) and (pointer: coarse)");
}
