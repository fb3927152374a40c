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

/** A quiet bar above every page: that what stands there may be old, and that nothing that is written gets lost. */
export function ConnectionNotice() {
  const { t } = useLingui();
  const disconnected = useDisconnected();
  return (
    <div role="status">
      {disconnected && (
        <p className={classes.root}>
          <IconPlugConnectedX className={classes.icon} size={16} stroke={1.75} aria-hidden />
          <span>
            {navigator.onLine
              ? t`Mất kết nối. Đang nối lại… Tin bạn viết được giữ lại và tự gửi sau.`
              : t`Mất kết nối. Đang nối lại… Máy này không có mạng; tin bạn viết được giữ lại và tự gửi khi có mạng.`}
          </span>
        </p>
      )}
    </div>
  );
}
