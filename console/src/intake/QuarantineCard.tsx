import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { QuarantineItem } from "../api/types";
import { useDates } from "../shared/time/useDates";
import { useBytes } from "../shared/useBytes";
import { useProblemText } from "../shared/useProblemText";
import classes from "./QuarantineCard.module.css";
import { useRetryItem } from "./queries";

export function QuarantineCard({ item, canRetry }: { item: QuarantineItem; canRetry: boolean }) {
  const { t } = useLingui();
  const dates = useDates();
  const bytes = useBytes();
  const retry = useRetryItem();
  const problemText = useProblemText();
  const outcome = retry.isSuccess ? (item.attempts > retry.variables.attempts ? "failed" : "waiting") : null;
  const facts = [
    dates.dateTime(item.received_at),
    item.account_name || t`Chưa rõ tài khoản`,
    t`${plural(item.attempts, { one: "đã thử # lần", other: "đã thử # lần" })}`,
    bytes(item.size_bytes),
  ];
  return (
    <article className={classes.card}>
      <div className={classes.text}>
        <h2 className={classes.reason}>{item.reason_text}</h2>
        <p className={classes.facts}>{facts.join(" · ")}</p>
        {item.detail && <p className={classes.detail}>{item.detail}</p>}
        {retry.error && (
          <p className={classes.problem} role="alert">
            {problemText(retry.error)}
          </p>
        )}
        {outcome && (
          <p className={classes.outcome} data-failed={outcome === "failed" || undefined} role="status">
            {outcome === "failed" ? t`Đã thử lại, vẫn chưa đọc được.` : t`Đang thử lại…`}
          </p>
        )}
      </div>
      {canRetry && (
        <Button
          className={classes.retry}
          variant="default"
          size="xs"
          fz="sm"
          loading={retry.isPending}
          onClick={() => retry.mutate(item)}
        >
          {t`Thử lại`}
        </Button>
      )}
    </article>
  );
}
