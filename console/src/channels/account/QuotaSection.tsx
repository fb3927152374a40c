import { useLingui } from "@lingui/react/macro";
import type { ChannelAccountDetail } from "../../api/admin";
import { formatNumber } from "../../shared/time/calendar";
import { Meter } from "../../shared/ui/Meter";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./QuotaSection.module.css";

type Quota = ChannelAccountDetail["quotas"][number];

/** A quota is said to be short when less than this share of it is left. */
const SHORT = 0.1;

function tone({ remain, total }: Quota): "accent" | "warn" | "bad" {
  if (remain === 0) return "bad";
  return remain !== null && total && remain / total < SHORT ? "warn" : "accent";
}

export function QuotaSection({ quotas }: { quotas: readonly Quota[] }) {
  const { t } = useLingui();
  return (
    <Section title={t`Hạn mức còn lại`}>
      {quotas.length === 0 ? (
        <Nothing>{t`Zalo chưa cho biết hạn mức của tài khoản này.`}</Nothing>
      ) : (
        <ul className={classes.quotas}>
          {quotas.map((quota) => (
            <li key={quota.kind}>
              <QuotaLine quota={quota} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function QuotaLine({ quota }: { quota: Quota }) {
  const { t } = useLingui();
  const remain = quota.remain === null ? null : formatNumber(quota.remain);
  const total = quota.total === null ? null : formatNumber(quota.total);
  const until = quota.until;
  return (
    <>
      <p className={classes.line}>
        <span>{quota.text}</span>
        <span className={classes.left} data-tone={tone(quota)}>
          {remain !== null && total !== null ? t`${remain} trên ${total}` : (remain ?? t`Không rõ`)}
        </span>
      </p>
      {quota.remain !== null && quota.total !== null && (
        <Meter value={quota.remain} most={quota.total} tone={tone(quota)} />
      )}
      {until && <p className={classes.until}>{t`Tới ${until}`}</p>}
    </>
  );
}
