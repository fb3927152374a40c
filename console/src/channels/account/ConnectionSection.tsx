import { useLingui } from "@lingui/react/macro";
import type { ChannelAccountDetail } from "../../api/admin";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { useDuration } from "../../shared/time/useDuration";
import { CopyField } from "../../shared/ui/CopyField";
import { Fact, Facts } from "../../shared/ui/Facts";
import { Section } from "../../shared/ui/Section";

export function ConnectionSection({ account }: { account: ChannelAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  return (
    <Section title={t`Kết nối`}>
      <Facts>
        <Fact name={t`ID của OA`}>{account.external_id}</Fact>
        <Fact name={t`Quyền truy cập`}>
          <TokenLife until={account.token_expires_at} />
        </Fact>
        <Fact name={t`Tin gửi gần nhất`}>
          {account.last_outbound_at ? dates.dateTime(account.last_outbound_at) : t`Chưa có`}
        </Fact>
      </Facts>
      <CopyField
        label={t`Webhook URL`}
        hint={t`Địa chỉ này phải đúng như ở trang Webhook của ứng dụng.`}
        value={account.webhook_url}
      />
    </Section>
  );
}

function TokenLife({ until }: { until: string | null }) {
  const { t } = useLingui();
  const now = useNow();
  const dates = useDates();
  const duration = useDuration();
  if (!until) return t`Chưa được cấp`;
  const left = Date.parse(until) - now;
  if (left <= 0) return t`Đã hết hạn lúc ${dates.dateTime(until)}`;
  return <span title={dates.dateTime(until)}>{t`Còn ${duration(left)}, tự gia hạn`}</span>;
}
