import { useEffect } from "react";

/** The name of the present page in the browser's tab. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Sổ Khách`;
  }, [page]);
}
