import { useLingui } from "@lingui/react/macro";
import { useDates } from "../../../shared/time/useDates";
import { Fact, Facts } from "../../../shared/ui/Facts";
import { Nothing, Section } from "../../../shared/ui/Section";
import type { PersonalAccountDetail } from "../types";

/** That the holder knew of the risks and agreed, and who said so in their place. */
export function ConsentSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  return (
    <Section title={t`Sự đồng ý của người giữ`}>
      {account.consent ? (
        <Facts>
          <Fact name={t`Đồng ý lúc`}>{dates.dateTime(account.consent.at)}</Fact>
          {account.consent.recorded_by ? (
            <Fact name={t`Người ghi thay`}>{account.consent.recorded_by}</Fact>
          ) : null}
          <Fact name={t`Bản thông báo`}>{account.consent.version}</Fact>
        </Facts>
      ) : (
        <Nothing>{t`Chưa có. Lần quét mã tới sẽ hỏi người giữ.`}</Nothing>
      )}
    </Section>
  );
}
