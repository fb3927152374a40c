import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ChannelAccount } from "../api/types";
import { useChannelName } from "../conversations/words";
import { useDates } from "../shared/time/useDates";
import { Face } from "../shared/ui/Face";
import { Fact, Facts } from "../shared/ui/Facts";
import { AccountCounts } from "./AccountCounts";
import classes from "./ChannelAccountCard.module.css";
import { HealthNote } from "./HealthNote";
import { LivenessNote } from "./LivenessNote";
import { ReconnectButton } from "./ReconnectButton";

export function ChannelAccountCard({ account }: { account: ChannelAccount }) {
  const { t } = useLingui();
  const dates = useDates();
  const channelName = useChannelName();
  const moment = (at: string | null) => (at ? dates.dateTime(at) : t`Chưa có`);
  return (
    <article className={classes.card}>
      <header className={classes.head}>
        <Face name={account.name} src={account.avatar_url} size={44} square />
        <div className={classes.who}>
          <h2 className={classes.name}>
            <Link to="/channel-accounts/$accountId" params={{ accountId: account.id }}>
              {account.name}
            </Link>
          </h2>
          <p className={classes.id}>
            {channelName(account.channel)}
            <span aria-hidden>{" · "}</span>
            {account.external_id}
          </p>
        </div>
      </header>
      <HealthNote account={account}>
        {account.sends_blocked && <ReconnectButton account={account} size="compact-sm" />}
      </HealthNote>
      <LivenessNote liveness={account.liveness} />
      <Facts>
        <Fact name={t`Tin đến gần nhất`}>{moment(account.last_inbound_at)}</Fact>
        <Fact name={t`Tin gửi gần nhất`}>{moment(account.last_outbound_at)}</Fact>
      </Facts>
      <div className={classes.counts}>
        <AccountCounts account={account} />
      </div>
    </article>
  );
}
