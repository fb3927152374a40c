import { useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { phoneInWords } from "../../../customers/phones";
import { formatNumber } from "../../../shared/time/calendar";
import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { Face } from "../../../shared/ui/Face";
import type { PersonalAccount } from "../types";
import { usePersonalWords } from "../words";
import classes from "./BoardTable.module.css";
import { CapsUsed, Completeness } from "./Figures";
import { NextStep } from "./NextStep";
import { StateMark } from "./StateMark";

export type RowProps = { account: PersonalAccount; chosen: boolean; choose: ((on: boolean) => void) | null };

/** `index`: among all rows; `start`: its top, in px from that of the first. */
type Props = RowProps & { index: number; start: number };

export const BoardRow = memo(
  function BoardRow({ account, chosen, choose, index, start }: Props) {
    const { t } = useLingui();
    const words = usePersonalWords();
    return (
      <tr
        aria-rowindex={index + 2}
        {...(choose && { "aria-selected": chosen })}
        className={classes.row}
        data-chosen={chosen || undefined}
        style={{ transform: `translateY(${start}px)` }}
      >
        <td>
          {choose && (
            <Checkbox
              aria-label={t`Chọn ${account.name}`}
              checked={chosen}
              onChange={(event) => choose(event.currentTarget.checked)}
            />
          )}
        </td>
        <td className={classes.who}>
          <Face name={account.name} src={account.avatar_url} size={36} />
          <span className={classes.two}>
            <Link
              to="/personal-accounts/$accountId"
              params={{ accountId: account.id }}
              className={classes.name}
              title={account.name}
            >
              {account.name}
            </Link>
            <span className={classes.dim}>{account.phone ? phoneInWords(account.phone) : account.uid}</span>
          </span>
        </td>
        <td className={classes.two}>
          <span className={classes.cut} title={account.holder.name}>
            {account.holder.name}
          </span>
          <span className={classes.dim}>{words.sim(account.sim)}</span>
        </td>
        <td className={classes.cell}>
          <StateMark account={account} />
        </td>
        <td className={classes.cell}>
          <LastMessage at={account.last_message_at} />
        </td>
        <td className={classes.cell}>
          <Completeness of={account.completeness} />
        </td>
        <td className={classes.cell}>
          <CapsUsed account={account} />
        </td>
        <td className={classes.act}>
          <NextStep account={account} />
          {account.queued > 0 && (
            <span className={classes.dim}>{t`${formatNumber(account.queued)} tin chờ gửi`}</span>
          )}
        </td>
      </tr>
    );
  },
  (before, after) =>
    before.account === after.account &&
    before.chosen === after.chosen &&
    before.index === after.index &&
    before.start === after.start &&
    (before.choose === null) === (after.choose === null),
);

export function LastMessage({ at }: { at: string | null }) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  if (!at) return <span className={classes.dim}>{t`Chưa có tin`}</span>;
  return (
    <time className={classes.time} dateTime={at} title={dates.dateTime(at)}>
      {dates.stamp(at, now)}
    </time>
  );
}
