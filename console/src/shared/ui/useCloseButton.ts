import { useLingui } from "@lingui/react/macro";

/** The cross of every dialog and drawer: named, and large enough for a thumb. */
export function useCloseButton() {
  const { t } = useLingui();
  return { "aria-label": t`Đóng`, size: 44, iconSize: 20 };
}
