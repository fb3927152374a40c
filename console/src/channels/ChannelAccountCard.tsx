import { useLingui } from "@lingui/react/macro";
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ChannelAccount } from "../api/types";
import { useChannelName } from "../conversations/words";
import { useCan } from "../people/session";
import { formatNumber } from "../shared/time/calendar";
import { useNow } from "../shared/time/ticker";
import { useDates } from "../shared/time/useDates";
import classes from "./ChannelAccountCard.module.css";

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

export function ChannelAccountCard({ account }: { account: ChannelAccount }) {
  const { t } = useLingui();
  const dates = useDates();
  const channelName = useChannelName();
  const canSeeQuarantine = useCan("quarantine:read");
  const moment = (at: string | null) => (at ? dates.dateTime(at) : t`Chưa có`);
  const failed = formatNumber(account.quarantined_count);
  return (
    <article className={classes.card}>
      <header>
        <h2 className={classes.name}>{account.name}</h2>
        <p className={classes.id}>
          {channelName(account.channel)}
          <span aria-hidden>{" · "}</span>
          {account.external_id}
        </p>
      </header>
      <HealthNote account={account} />
      <dl className={classes.facts}>
        <Fact name={t`Tin đến gần nhất`}>{moment(account.last_inbound_at)}</Fact>
        <Fact name={t`Tin gửi gần nhất`}>{moment(account.last_outbound_at)}</Fact>
      </dl>
      <dl className={classes.counts}>
        <Count name={t`Tin đã nhận`}>{formatNumber(account.received_count)}</Count>
        <Count name={t`Tin đã xử lý`}>{formatNumber(account.processed_count)}</Count>
        <Count name={t`Chờ xử lý lỗi`} alarm={account.quarantined_count > 0}>
          {account.quarantined_count > 0 && canSeeQuarantine ? (
            <Link to="/quarantine">{failed}</Link>
          ) : (
            failed
          )}
        </Count>
      </dl>
    </article>
  );
}

/** The state in words, with its reason and since when. */
function HealthNote({ account }: { account: ChannelAccount }) {
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
      <p>
        <strong>{names[health]}</strong>
        {since && <span>{t`, từ ${since}`}</span>}
        {account.health_text && <span className={classes.why}>{account.health_text}</span>}
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Count({ name, alarm = false, children }: { name: string; alarm?: boolean; children: ReactNode }) {
  return (
    <div className={classes.count} data-alarm={alarm || undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
