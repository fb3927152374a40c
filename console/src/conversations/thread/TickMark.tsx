import { useLingui } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import { IconAlertCircle, IconCheck, IconChecks, IconClock, IconHelpCircle } from "@tabler/icons-react";
import classes from "./TickMark.module.css";
import type { Tick } from "./ticks";

export function useTickNames(): Record<Tick, string> {
  const { t } = useLingui();
  return {
    waiting: t`Đang gửi`,
    queued: t`Chờ gửi`,
    sending: t`Đang gửi`,
    sent: t`Đã gửi`,
    delivered: t`Đã nhận`,
    seen: t`Đã xem`,
    failed: t`Chưa gửi được`,
    uncertain: t`Chưa rõ khách đã nhận`,
  };
}

const ICONS = {
  waiting: IconClock,
  queued: IconClock,
  sending: IconClock,
  sent: IconCheck,
  delivered: IconChecks,
  seen: IconChecks,
  failed: IconAlertCircle,
  uncertain: IconHelpCircle,
} as const;

/** The state of an outgoing message: a mark, and in words where `words` asks for them. */
export function TickMark({ tick, words }: { tick: Tick; words: boolean }) {
  const name = useTickNames()[tick];
  const Icon = ICONS[tick];
  return (
    <span className={classes.root} data-tick={tick} title={name}>
      <Icon size={15} stroke={2} aria-hidden />
      {words ? <span>{name}</span> : <VisuallyHidden>{name}</VisuallyHidden>}
    </span>
  );
}
