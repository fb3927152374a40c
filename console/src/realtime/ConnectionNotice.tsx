import { useLingui } from "@lingui/react/macro";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./ConnectionNotice.module.css";
import { useConnection } from "./RealtimeProvider";

/** A blink of the line is nobody's business. */
const PATIENCE_MS = 2_000;

/** Whether the line has been down long enough to say so. */
export function useDisconnected(): boolean {
  const lost = useConnection() === "lost";
  const [told, setTold] = useState(false);
  useEffect(() => {
    if (!lost) {
      setTold(false);
      return;
    }
    const timer = setTimeout(() => setTold(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  return told;
}

export function ConnectionNotice() {
  const { t } = useLingui();
  const disconnected = useDisconnected();
  return (
    <div role="status">
      {disconnected && (
        <p className={classes.root}>
          <IconPlugConnectedX size={16} stroke={1.75} aria-hidden />
          {t`Mất kết nối. Đang nối lại…`}
        </p>
      )}
    </div>
  );
}
