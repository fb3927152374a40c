import { useLingui } from "@lingui/react/macro";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { useDuration } from "../../shared/time/useDuration";
import { waitingLevel, waitingMs } from "../../shared/time/waiting";
import classes from "./WaitingTime.module.css";

/** How long the customer has waited: the one coloured thing of a row. */
export function WaitingTime({ since, words = false }: { since: string; words?: boolean }) {
  const { t } = useLingui();
  const now = useNow();
  const duration = useDuration();
  const dates = useDates();
  const ms = waitingMs(since, now);
  const length = duration(ms);
  return (
    <span
      className={classes.root}
      data-level={waitingLevel(ms)}
      title={t`Khách chờ từ ${dates.dateTime(since)}`}
    >
      {words ? t`Chờ ${length}` : length}
    </span>
  );
}
