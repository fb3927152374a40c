import { useLingui } from "@lingui/react/macro";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ChannelAccount } from "../api/types";
import { useNow } from "../shared/time/ticker";
import { useDates } from "../shared/time/useDates";
import classes from "./HealthNote.module.css";

type Health = "ok" | "degraded" | "down" | "unknown";

/** A word that a newer server may use is shown as unknown, with the server's own explanation beside it. */
function healthOf({ health }: ChannelAccount): Health {
  return health === "ok" || health === "degraded" || health === "down" ? health : "unknown";
}

const ICONS = {
  ok: IconCircleCheck,
  degraded: IconAlertTriangle,
  down: IconPlugConnectedX,
  unknown: IconCircleDashed,
} as const;

/** The state in words, with its reason and since when; `children` is what one can do about it. */
export function HealthNote({ account, children }: { account: ChannelAccount; children?: ReactNode }) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  const names = {
    ok: t`Hoạt động tốt`,
    degraded: t`Hoạt động chập chờn`,
    down: t`Mất kết nối`,
    unknown: t`Chưa rõ tình trạng`,
  };
  const health = healthOf(account);
  const Icon = ICONS[health];
  const since = account.health_since ? dates.since(account.health_since, now) : null;
  return (
    <div className={classes.health} data-health={health}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <div className={classes.words}>
        <p>
          <strong>{names[health]}</strong>
          {since && <span>{t`, từ ${since}`}</span>}
          {account.health_text && <span className={classes.why}>{account.health_text}</span>}
        </p>
        {children && <div className={classes.act}>{children}</div>}
      </div>
    </div>
  );
}
