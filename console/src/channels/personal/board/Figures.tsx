import { useLingui } from "@lingui/react/macro";
import { Tooltip } from "@mantine/core";
import { formatNumber } from "../../../shared/time/calendar";
import { Meter } from "../../../shared/ui/Meter";
import { tightest } from "../states";
import type { PersonalAccount } from "../types";
import { usePersonalWords } from "../words";
import classes from "./Figures.module.css";

/** How much of what Zalo holds is in the store. */
export function Completeness({ of: { percent, gaps } }: { of: PersonalAccount["completeness"] }) {
  const { t } = useLingui();
  if (percent === null) return <span className={classes.dim}>{t`Chưa đủ số liệu`}</span>;
  // 99.96 % is not the whole.
  const shown = formatNumber(percent >= 100 ? 100 : Math.min(99.9, Math.floor(percent * 10) / 10));
  return (
    <span className={classes.figure} data-bad={percent < 99 || undefined}>
      {`${shown}%`}
      {gaps > 0 && <span className={classes.dim}>{t`${formatNumber(gaps)} khoảng trống`}</span>}
    </span>
  );
}

/** The cap that is nearest to its end; all of them a hover away. */
export function CapsUsed({ account }: { account: PersonalAccount }) {
  const { t } = useLingui();
  const words = usePersonalWords();
  const cap = tightest(account.caps);
  if (!cap) return <span className={classes.dim}>{t`Không giới hạn`}</span>;
  const share = cap.limit > 0 ? cap.used / cap.limit : 0;
  const line = ({ used, limit, ...rest }: typeof cap) =>
    `${words.cap({ used, limit, ...rest })}: ${formatNumber(used)}/${formatNumber(limit)}`;
  return (
    <Tooltip
      multiline
      w={260}
      label={<span className={classes.all}>{account.caps.map(line).join("\n")}</span>}
    >
      <span className={classes.cap}>
        <span className={classes.figure}>{`${formatNumber(cap.used)}/${formatNumber(cap.limit)}`}</span>
        <Meter
          value={cap.used}
          most={cap.limit}
          tone={share >= 1 ? "bad" : share >= 0.8 ? "warn" : "accent"}
        />
      </span>
    </Tooltip>
  );
}
