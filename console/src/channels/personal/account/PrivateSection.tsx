import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../../shared/time/calendar";
import { Count, Counts } from "../../../shared/ui/Counts";
import { Nothing, Section } from "../../../shared/ui/Section";
import type { PersonalAccountDetail } from "../types";
import { usePersonalRights } from "../words";

/** How much is left out, never what or of whom: that is the holder's. */
export function PrivateSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const { holds } = usePersonalRights();
  if (account.sim === "company")
    return (
      <Section title={t`Phần riêng tư`}>
        <Nothing>{t`SIM công ty: mọi cuộc trò chuyện đều được ghi, không có phần riêng tư.`}</Nothing>
      </Section>
    );
  return (
    <Section
      title={t`Phần riêng tư`}
      lead={t`SIM riêng: chỉ người được đánh dấu là công việc mới được ghi. Người khác chỉ được đếm, không lưu nội dung.`}
    >
      <Counts>
        <Count name={t`Người không ghi`}>{formatNumber(account.private.contacts)}</Count>
        <Count name={t`Tin không lưu nội dung`}>{formatNumber(account.private.messages)}</Count>
      </Counts>
      <Button
        variant="default"
        renderRoot={(props) => (
          <Link to="/personal-accounts/$accountId/private" params={{ accountId: account.id }} {...props} />
        )}
      >
        {holds(account) ? t`Chọn ai là công việc` : t`Xem mức độ theo ngày`}
      </Button>
    </Section>
  );
}
