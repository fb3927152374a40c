import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ChannelAccount } from "../api/types";
import { useCan } from "../people/session";
import { formatNumber } from "../shared/time/calendar";
import classes from "./Counts.module.css";

/** What came in by an account, and what became of it. */
export function Counts({ account }: { account: ChannelAccount }) {
  const { t } = useLingui();
  const canSeeQuarantine = useCan("quarantine:read");
  const failed = formatNumber(account.failed_count);
  return (
    <dl className={classes.counts}>
      <Count name={t`Đã nhận`}>{formatNumber(account.received_count)}</Count>
      <Count name={t`Đã xử lý`}>{formatNumber(account.processed_count)}</Count>
      <Count name={t`Chờ xử lý lỗi`} alarm={account.failed_count > 0}>
        {account.failed_count > 0 && canSeeQuarantine ? <Link to="/quarantine">{failed}</Link> : failed}
      </Count>
    </dl>
  );
}

function Count({ name, alarm = false, children }: { name: string; alarm?: boolean; children: ReactNode }) {
  return (
    <div className={classes.count} data-alarm={alarm || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
