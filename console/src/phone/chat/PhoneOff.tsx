import { useLingui } from "@lingui/react/macro";
import { IconPower } from "@tabler/icons-react";
import classes from "./PhoneOff.module.css";

/** A dark glass: messages wait at Zalo until the phone is on. */
export function PhoneOff({ turnOn }: { turnOn: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.off}>
      <button type="button" className={classes.button} onClick={turnOn}>
        <IconPower size={34} stroke={1.6} aria-hidden />
        <span className={classes.words}>{t`Bật điện thoại`}</span>
      </button>
      <p className={classes.hint}>{t`Điện thoại đang tắt. Tin gửi tới sẽ chờ ở Zalo.`}</p>
    </div>
  );
}
