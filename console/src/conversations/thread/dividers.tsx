import { useLingui } from "@lingui/react/macro";
import {
  IconAddressBook,
  IconPhone,
  IconShieldLock,
  IconShoppingBag,
  IconUnlink,
  IconUserMinus,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Gap, Message } from "../../api/types";
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

const EVENT_ICONS: readonly [RegExp, typeof IconPhone][] = [
  [/^unfollow/, IconUserMinus],
  [/follow/, IconUserPlus],
  [/call|consent/, IconPhone],
  [/order|product/, IconShoppingBag],
  [/withdraw/, IconShieldLock],
  [/submit_info|update_user_info/, IconAddressBook],
];

/** Small and centred: what happened, not what was said. */
export function EventRow({ message }: { message: Message }) {
  const { t } = useLingui();
  const dates = useDates();
  const name = message.event?.name ?? "";
  const Icon = EVENT_ICONS.find(([pattern]) => pattern.test(name))?.[1];
  return (
    <div className={classes.event} data-message={message.id}>
      {Icon && <Icon size={15} stroke={1.75} aria-hidden />}
      <span>{message.event?.text || message.text || t`Sự kiện chưa hiển thị được`}</span>
      <time dateTime={message.sent_at}>{dates.time(message.sent_at)}</time>
    </div>
  );
}

/** A time of which messages may be missing: it must not look like silence. */
export function GapRow({ gap }: { gap: Gap }) {
  const { t } = useLingui();
  return (
    <div className={classes.gap} role="note" aria-label={t`Khoảng trống dữ liệu`}>
      <span>
        <IconUnlink size={16} stroke={1.75} aria-hidden />
        {gap.text}
      </span>
    </div>
  );
}
