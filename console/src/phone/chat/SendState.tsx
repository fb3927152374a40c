import { useLingui } from "@lingui/react/macro";
import { IconCheck, IconChecks, IconRefresh } from "@tabler/icons-react";
import { useTalk } from "./context";
import classes from "./SendState.module.css";
import type { Shown } from "./timeline";

/** What became of the customer's message. */
export function SendState({
  message,
  state,
}: {
  message: Shown;
  state: "sent" | "received" | "seen" | null;
}) {
  const { t } = useLingui();
  const { retry } = useTalk();
  if (message.pending === "failed") {
    return (
      <button type="button" className={classes.failed} onClick={() => retry(message.msg_id)}>
        <IconRefresh size={14} stroke={2} aria-hidden />
        {t`Chưa gửi được. Gửi lại`}
      </button>
    );
  }
  if (message.pending) return <span className={classes.state}>{t`Đang gửi…`}</span>;
  if (state === null) return null;
  const words = { sent: t`Đã gửi`, received: t`Đã nhận`, seen: t`Đã xem` }[state];
  const Icon = state === "sent" ? IconCheck : IconChecks;
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden />
      {words}
    </span>
  );
}
