import { useLingui } from "@lingui/react/macro";
import type { Message } from "../../api/types";
import { useNow } from "../../shared/time/ticker";
import { useDates } from "../../shared/time/useDates";
import classes from "./dividers.module.css";

export function DayDivider({ at }: { at: string }) {
  const dates = useDates();
  const now = useNow();
  return (
    <div className={classes.day}>
      <span>{dates.day(at, now)}</span>
    </div>
  );
}

export function NewLine() {
  const { t } = useLingui();
  return (
    <div className={classes.new}>
      <span>{t`Tin mới`}</span>
    </div>
  );
}

/** Small and centred: what happened, not what was said. */
export function EventRow({ message }: { message: Message }) {
  const { t } = useLingui();
  const dates = useDates();
  const name = message.author.name ?? t`Khách hàng`;
  const words = () => {
    switch (message.event) {
      case "follow":
        return t`${name} đã quan tâm tài khoản`;
      case "unfollow":
        return t`${name} đã bỏ quan tâm tài khoản`;
      default:
        return message.text ?? t`Sự kiện chưa hiển thị được`;
    }
  };
  return (
    <div className={classes.event}>
      <span>{words()}</span>
      <time dateTime={message.sent_at}>{dates.time(message.sent_at)}</time>
    </div>
  );
}
