import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useState } from "react";
import type { StaffRef } from "../../../api/visibility";
import { useMe } from "../../../people/session";
import { useDates } from "../../../shared/time/useDates";
import steps from "../../connect/ConnectPage.module.css";
import type { PersonalConsent } from "../types";
import classes from "./Connect.module.css";

type Props = {
  consent: PersonalConsent;
  holder: StaffRef;
  /** When the holder agreed to the same words for the same account; null: not yet. */
  agreedAt: string | null;
  busy: boolean;
  submit: () => void;
};

/** The risks in plain words, and that the holder agrees. Without it there is no code. */
export function ConsentStep({ consent, holder, agreedAt, busy, submit }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const dates = useDates();
  const [ticked, setTicked] = useState(false);
  const own = holder.id === me.id;
  const agreed = agreedAt ? dates.dateTime(agreedAt) : null;
  return (
    <div className={steps.form}>
      <div className={classes.notice}>
        <IconAlertTriangle size={20} stroke={1.75} aria-hidden />
        <div className={classes.text}>
          {consent.text
            .split(/\n+/)
            .filter((line) => line.trim())
            .map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move.
              <p key={index}>{line}</p>
            ))}
        </div>
      </div>
      {agreed ? (
        <p className={classes.plain}>{t`${holder.name} đã đồng ý lúc ${agreed}.`}</p>
      ) : (
        <Checkbox
          checked={ticked}
          onChange={(event) => setTicked(event.currentTarget.checked)}
          label={
            own
              ? t`Tôi đã đọc và đồng ý. Sự đồng ý này được ghi lại cùng thời điểm.`
              : t`${holder.name} đã đọc và đồng ý. Sự đồng ý này được ghi lại cùng tên tôi và thời điểm.`
          }
        />
      )}
      <Button className={steps.submit} disabled={!ticked && !agreed} loading={busy} onClick={submit}>
        {t`Đồng ý và hiện mã QR`}
      </Button>
    </div>
  );
}
