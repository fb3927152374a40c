import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ConversationDetail, Reply } from "../../api/types";
import { useCan } from "../../people/session";
import { useDisconnected } from "../../realtime/ConnectionNotice";
import { formatNumber } from "../../shared/time/calendar";
import { useNow } from "../../shared/time/ticker";
import { useDuration } from "../../shared/time/useDuration";
import classes from "./ComposerStatus.module.css";
import { nearCap } from "./nearCap";

type Line = { tone: "quiet" | "warn" | "bad"; words: string };

/** In words, what matters now about answering here. */
function useStatusLine(reply: Reply): Line | null {
  const { t } = useLingui();
  const now = useNow();
  const duration = useDuration();
  const disconnected = useDisconnected();
  if (disconnected)
    return { tone: "warn", words: t`Mất kết nối. Tin viết lúc này được giữ lại và tự gửi khi nối lại được.` };
  if (!reply.allowed || reply.blocked)
    return { tone: "bad", words: reply.reason ?? t`Hiện chưa nhắn được cho khách này.` };
  if (reply.waits) return { tone: "warn", words: reply.waits.text };
  if (reply.reason) return { tone: "warn", words: reply.reason };
  const left = (until: string | null) => (until ? Date.parse(until) - now : 0);
  const free = left(reply.free_until);
  if (free > 0) {
    const length = duration(free);
    return { tone: "quiet", words: t`Còn ${length} trong khung miễn phí` };
  }
  const open = left(reply.window_until);
  if (open > 0) {
    const length = duration(open);
    const cost = reply.cost_text;
    return {
      tone: "warn",
      words: cost
        ? t`Đã hết khung miễn phí. ${cost} Còn ${length} được nhắn.`
        : t`Đã hết khung miễn phí, Zalo có thể tính phí. Còn ${length} được nhắn.`,
    };
  }
  return null;
}

/** How many more messages the package holds, once the free time is over. */
function useQuotaWords(reply: Reply): string | null {
  const { t } = useLingui();
  const now = useNow();
  const free = reply.free_until !== null && Date.parse(reply.free_until) > now;
  const { quota } = reply;
  // Where the server tells what a message costs, it tells what is left of the package too.
  if (reply.cost_text !== null || !quota || quota.remain === null || free || !reply.allowed || reply.blocked)
    return null;
  const remain = formatNumber(quota.remain);
  if (quota.total === null) return t`Hạn mức còn ${remain} tin.`;
  return t`Hạn mức còn ${remain}/${formatNumber(quota.total)} tin.`;
}

type Props = { id: string; reply: Reply; account: ConversationDetail["account"]; mine: boolean };

/** `mine`: whose customer it is looks after the personal account that they write to. */
export function ComposerStatus({ id, reply, account, mine }: Props) {
  const { t } = useLingui();
  const line = useStatusLine(reply);
  const quota = useQuotaWords(reply);
  const cap = nearCap(reply);
  const personal = account.channel === "zalo_personal";
  const administers = useCan("channel_account:read");
  return (
    <p id={id} className={classes.root} data-tone={line?.tone} role="status">
      {line?.words}
      {quota && <span>{quota}</span>}
      {cap && <span>{`${cap.text}: ${formatNumber(cap.used)}/${formatNumber(cap.limit)}`}</span>}
      {reply.blocked && personal && (administers || mine) && (
        <Link to="/personal-accounts/$accountId" params={{ accountId: account.id }} className={classes.link}>
          {t`Xem tài khoản ${account.name}`}
        </Link>
      )}
      {reply.blocked && !personal && administers && (
        <Link to="/channel-accounts/$accountId" params={{ accountId: account.id }} className={classes.link}>
          {t`Xem tài khoản ${account.name}`}
        </Link>
      )}
    </p>
  );
}
