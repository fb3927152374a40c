import { useLingui } from "@lingui/react/macro";
import { CloseButton } from "@mantine/core";
import { useEffect } from "react";
import classes from "./LostNotice.module.css";
import { useLost, useLostNotice } from "./useLost";

const TOLD_MS = 8_000;

/** Says to somebody who was led out of a thread why they stand in the list. */
export function LostNotice() {
  const { t } = useLingui();
  const lost = useLost();
  const words = useLostNotice();
  useEffect(() => {
    if (!words) return;
    const timer = setTimeout(() => lost.setNotice(null), TOLD_MS);
    return () => clearTimeout(timer);
  }, [lost, words]);
  return (
    <div role="status">
      {words && (
        <p className={classes.root}>
          {words}
          <CloseButton size={44} iconSize={18} aria-label={t`Đóng`} onClick={() => lost.setNotice(null)} />
        </p>
      )}
    </div>
  );
}
