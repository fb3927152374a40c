import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { toneOf } from "../states";
import type { PersonalAccount } from "../types";
import { usePersonalWords } from "../words";
import classes from "./StateMark.module.css";

/** The state in words with its colour, since when, and why. */
export function StateMark({ account }: { account: Pick<PersonalAccount, "state" | "since" | "reason"> }) {
  const words = usePersonalWords();
  const dates = useDates();
  const now = useNow();
  return (
    <div className={classes.root} data-tone={toneOf(account.state)}>
      <p className={classes.line}>
        <strong>{words.state(account.state)}</strong>
      </p>
      <p className={classes.reason} title={account.reason ?? undefined}>
        <time dateTime={account.since} title={dates.dateTime(account.since)}>
          {dates.since(account.since, now)}
        </time>
        {account.reason && <span>{account.reason}</span>}
      </p>
    </div>
  );
}
