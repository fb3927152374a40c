import { useLingui } from "@lingui/react/macro";
import { Button, Loader, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconHistory } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { ChannelAccountDetail } from "../../api/admin";
import { useCan } from "../../people/session";
import { dayKey, startOfDay } from "../../shared/time/calendar";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import { Nothing, Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { isAtWork, useSweep } from "../queries";
import classes from "./SweepSection.module.css";

type Sweep = ChannelAccountDetail["sweeps"][number];

const SHOWN = 5;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The server refuses to read further back than 90 days. */
const FURTHEST_MS = 89 * DAY_MS;

/** Readings of the platform's history: what was missed while we could not receive comes in by them. */
export function SweepSection({ account }: { account: ChannelAccountDetail }) {
  const { t } = useLingui();
  const canManage = useCan("channel_account:manage");
  const shown = account.sweeps.slice(0, SHOWN);
  return (
    <Section
      title={t`Đọc lại lịch sử`}
      lead={t`Sau khi mất kết nối, tin bị lỡ được đọc lại từ Zalo. Tin đã có không bị trùng.`}
    >
      {canManage && <SweepForm accountId={account.id} />}
      {shown.length === 0 ? (
        <Nothing>{t`Chưa có lần đọc lại nào.`}</Nothing>
      ) : (
        <ul className={classes.sweeps}>
          {shown.map((sweep) => (
            <li key={sweep.id}>
              <SweepLine sweep={sweep} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function SweepForm({ accountId }: { accountId: number }) {
  const { t } = useLingui();
  const { zone } = useDates();
  const now = useNow();
  const sweep = useSweep(accountId);
  const problemText = useProblemText();
  const [day, setDay] = useState(() => dayKey(Date.now() - WEEK_MS, zone));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sweep.mutate(new Date(startOfDay(day, zone)).toISOString());
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        type="date"
        label={t`Đọc lại từ ngày`}
        required
        withAsterisk={false}
        min={dayKey(now - FURTHEST_MS, zone)}
        max={dayKey(now, zone)}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="md"
        variant="default"
        leftSection={<IconHistory size={16} stroke={1.6} />}
        loading={sweep.isPending}
      >
        {t`Quét lại`}
      </Button>
      {sweep.error && (
        <p className={classes.problem} role="alert">
          {problemText(sweep.error)}
        </p>
      )}
    </form>
  );
}

function SweepLine({ sweep }: { sweep: Sweep }) {
  const { t } = useLingui();
  const dates = useDates();
  const causes = {
    outage: t`Sau khi máy chủ ngừng`,
    reconnected: t`Sau khi kết nối lại`,
    missed: t`Phát hiện tin bị lỡ`,
    asked: t`Quản trị yêu cầu`,
  };
  const [since, until] = [dates.dateTime(sweep.since), dates.dateTime(sweep.until)];
  return (
    <div className={classes.sweep} data-state={sweep.state}>
      <span className={classes.mark} aria-hidden>
        {isAtWork(sweep) ? (
          <Loader size={16} />
        ) : sweep.state === "failed" ? (
          <IconAlertTriangle size={18} />
        ) : (
          <IconCircleCheck size={18} stroke={1.6} />
        )}
      </span>
      <div>
        <p className={classes.text} role={isAtWork(sweep) ? "status" : undefined}>
          {sweep.text}
        </p>
        <p className={classes.span}>
          {causes[sweep.cause]}
          <span aria-hidden>{" · "}</span>
          {t`${since} tới ${until}`}
        </p>
      </div>
    </div>
  );
}
