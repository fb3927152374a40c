import { useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../../shared/time/calendar";
import { Face } from "../../../shared/ui/Face";
import { tightest } from "../states";
import { usePersonalWords } from "../words";
import { LastMessage, type RowProps } from "./BoardRow";
import classes from "./BoardTable.module.css";
import { Completeness } from "./Figures";
import { NextStep } from "./NextStep";
import { StateMark } from "./StateMark";

/** A row of the board, under a thumb. */
export function BoardCard({ account, chosen, choose }: RowProps) {
  const { t } = useLingui();
  const words = usePersonalWords();
  const cap = tightest(account.caps);
  return (
    <article className={classes.card} data-chosen={chosen || undefined}>
      <div className={classes.top}>
        <Face name={account.name} src={account.avatar_url} size={40} />
        <span className={classes.two}>
          <Link
            to="/personal-accounts/$accountId"
            params={{ accountId: account.id }}
            className={classes.cardName}
          >
            {account.name}
          </Link>
          <span className={classes.dim}>{`${account.holder.name} · ${words.sim(account.sim)}`}</span>
        </span>
        {choose && (
          <span className={classes.choose}>
            <Checkbox
              size="lg"
              aria-label={t`Chọn ${account.name}`}
              checked={chosen}
              onChange={(event) => choose(event.currentTarget.checked)}
            />
          </span>
        )}
      </div>
      <div className={classes.middle}>
        <StateMark account={account} />
        <span className={classes.cardAct}>
          <NextStep account={account} />
        </span>
      </div>
      <dl className={classes.facts}>
        <div>
          <dt>{t`Tin cuối`}</dt>
          <dd>
            <LastMessage at={account.last_message_at} />
          </dd>
        </div>
        <div>
          <dt>{t`Độ đầy đủ`}</dt>
          <dd>
            <Completeness of={{ ...account.completeness, gaps: 0 }} />
          </dd>
        </div>
        <div>
          <dt>{t`Hạn mức`}</dt>
          <dd>{cap ? `${formatNumber(cap.used)}/${formatNumber(cap.limit)}` : t`Không có`}</dd>
        </div>
        <div>
          <dt>{t`Chờ gửi`}</dt>
          <dd>{formatNumber(account.queued)}</dd>
        </div>
      </dl>
    </article>
  );
}
