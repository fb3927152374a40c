import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { Message } from "../../api/types";
import { useIsTouch } from "../../shared/breakpoints";
import { focusComposer } from "../../shared/keyboard/targets";
import { useProblemText } from "../../shared/useProblemText";
import type { Pending } from "../outbox/outbox";
import { useOutbox } from "../outbox/useOutbox";
import classes from "./DeliveryTrouble.module.css";
import { useResend, useSettle } from "./deliveryActions";

/** A message that never reached our server: why, and what one can do. */
export function PendingTrouble({ pending }: { pending: Pending }) {
  const { t } = useLingui();
  const outbox = useOutbox();
  const reason = () => {
    switch (pending.failure?.kind) {
      case "unreachable":
        return t`Mất kết nối. Tin sẽ tự gửi khi nối lại được.`;
      case "interrupted":
        return t`Trang đã đóng trước khi gửi xong. Gửi lại sẽ không bị trùng.`;
      default:
        return (pending.failure?.kind === "refused" && pending.failure.text) || t`Máy chủ chưa nhận tin này.`;
    }
  };
  return (
    <div className={classes.root} data-tone="bad" role="alert">
      <span>{reason()}</span>
      <span className={classes.actions}>
        <Action label={t`Gửi lại`} onClick={() => outbox.retry(pending.clientId)} />
        <Action label={t`Bỏ tin này`} onClick={() => outbox.discard(pending.clientId)} />
      </span>
    </div>
  );
}

/** A message that the channel refused, or of which nobody knows whether it arrived. */
export function MessageTrouble({ message }: { message: Message }) {
  const { t } = useLingui();
  const resend = useResend(message);
  const settle = useSettle(message);
  const problemText = useProblemText();
  const uncertain = message.delivery?.state === "uncertain";
  const error = resend.error ?? settle.error;
  const busy = resend.isPending || settle.isPending;
  return (
    <div className={classes.root} data-tone={uncertain ? "warn" : "bad"}>
      <span>
        {message.delivery?.reason ??
          (uncertain
            ? t`Zalo không trả lời rõ. Hãy xem trên Zalo rồi cho biết khách đã nhận chưa.`
            : t`Zalo không nhận tin này.`)}
      </span>
      <span className={classes.actions}>
        {uncertain && (
          <>
            <Action label={t`Khách đã nhận`} disabled={busy} onClick={() => settle.mutate("sent")} />
            <Action label={t`Khách chưa nhận`} disabled={busy} onClick={() => settle.mutate("not_sent")} />
          </>
        )}
        {!uncertain && message.delivery?.can_retry && (
          <Action label={t`Gửi lại`} disabled={busy} onClick={() => resend.mutate()} />
        )}
      </span>
      {error && <span role="alert">{problemText(error)}</span>}
    </div>
  );
}

function Action({
  label,
  onClick,
  disabled = false,
}: {
  label: string;
  onClick: () => void;
  disabled?: boolean;
}) {
  const touch = useIsTouch();
  return (
    <Button
      className={classes.action}
      variant="default"
      size="compact-xs"
      disabled={disabled}
      onClick={() => {
        onClick();
        // This button goes with its trouble; the focus must not go with it.
        if (!touch) focusComposer();
      }}
    >
      {label}
    </Button>
  );
}
