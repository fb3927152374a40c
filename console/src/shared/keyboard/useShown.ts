import { useEffect } from "react";

/** Keeps the active choice of a list in view while the arrows walk it. */
export function useShown(id: string | undefined): void {
  useEffect(() => {
    if (id) document.getElementById(id)?.scrollIntoView({ block: "nearest" });
  }, [id]);
}
