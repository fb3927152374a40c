import { useLingui } from "@lingui/react/macro";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./LineNotice.module.css";
import type { LineState } from "./live";

/** A moment without a line is nothing to speak of. */
const PATIENCE_MS = 1_500;

export function LineNotice({ state }: { state: LineState }) {
  const { t } = useLingui();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (state === "open") return setLate(false);
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [state]);
  if (!late) return null;
  return (
    <div className={classes.notice} role="status">
      <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
      {t`Chưa nối được với sandbox. Đang thử lại…`}
    </div>
  );
}
