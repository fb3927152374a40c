import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ChannelAccount } from "../api/types";
import { useCan } from "../people/session";
import { formatNumber } from "../shared/time/calendar";
import { Count, Counts } from "../shared/ui/Counts";

/** What came in by an account, and what became of it. */
export function AccountCounts({ account }: { account: ChannelAccount }) {
  const { t } = useLingui();
  const canSeeQuarantine = useCan("quarantine:read");
  const failed = formatNumber(account.failed_count);
  return (
    <Counts narrow>
      <Count name={t`Đã nhận`}>{formatNumber(account.received_count)}</Count>
      <Count name={t`Đã xử lý`}>{formatNumber(account.processed_count)}</Count>
      <Count name={t`Chờ xử lý lỗi`} alarm={account.failed_count > 0}>
        {account.failed_count > 0 && canSeeQuarantine ? <Link to="/quarantine">{failed}</Link> : failed}
      </Count>
    </Counts>
  );
}
