import { useLingui } from "@lingui/react/macro";
import { useEffect } from "react";

/** The name of the present page in the browser's tab. */
export function useTitle(page: string): void {
  const { t } = useLingui();
  const title = t`${page} · Sổ Khách`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
