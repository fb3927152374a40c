import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { useDuration } from "../../../shared/time/useDuration";
import { Nothing, Section } from "../../../shared/ui/Section";
import type { PersonalAccountDetail } from "../types";
import classes from "./Account.module.css";

const FIRST = 8;

/** Every stretch of being connected, the newest first, and why it ended. */
export function SpanSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const duration = useDuration();
  const now = useNow();
  const [all, setAll] = useState(false);
  const spans = [...account.spans].sort((a, b) => b.connected_at.localeCompare(a.connected_at));
  const shown = all ? spans : spans.slice(0, FIRST);
  return (
    <Section title={t`Lịch sử kết nối`} lead={t`Từng lần nối với Zalo, và vì sao kết thúc.`}>
      {spans.length === 0 ? (
        <Nothing>{t`Chưa kết nối lần nào.`}</Nothing>
      ) : (
        <ol className={classes.spans}>
          {shown.map((span) => {
            const until = span.ended_at ? Date.parse(span.ended_at) : now;
            const length = duration(Math.max(0, until - Date.parse(span.connected_at)));
            const from = dates.dateTime(span.connected_at);
            return (
              <li key={span.connected_at} data-open={span.ended_at === null || undefined}>
                <span className={classes.spanTime}>
                  {span.ended_at ? t`${from} tới ${dates.dateTime(span.ended_at)}` : t`Từ ${from} tới nay`}
                </span>
                <span className={classes.dim}>
                  {[length, span.ended_at ? (span.reason ?? t`Chưa rõ vì sao`) : null]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </li>
            );
          })}
        </ol>
      )}
      {spans.length > shown.length && (
        <Button variant="subtle" className={classes.more} onClick={() => setAll(true)}>
          {t`Xem thêm`}
        </Button>
      )}
    </Section>
  );
}
