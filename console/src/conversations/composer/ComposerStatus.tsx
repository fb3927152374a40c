import { useLingui } from "@lingui/react/macro";
import type { ConversationDetail } from "../../api/types";
import { useDisconnected } from "../../realtime/ConnectionNotice";
import { useNow } from "../../shared/time/ticker";
import { useDuration } from "../../shared/time/useDuration";
import classes from "./ComposerStatus.module.css";

type Reply = ConversationDetail["reply"];
type Line = { tone: "quiet" | "warn" | "bad"; words: string };

/** In words, what matters now about answering here. */
function useStatusLine(reply: Reply): Line | null {
  const { t } = useLingui();
  const now = useNow();
  const duration = useDuration();
  const disconnected = useDisconnected();
  if (disconnected) return { tone: "warn", words: t`Mất kết nối. Tin gửi lúc này có thể chưa đi được.` };
  if (!reply.allowed) return { tone: "bad", words: reply.reason ?? t`Hiện chưa nhắn được cho khách này.` };
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
    return { tone: "warn", words: t`Đã hết khung miễn phí, Zalo có thể tính phí. Còn ${length} được nhắn.` };
  }
  return null;
}

export function ComposerStatus({ id, reply }: { id: string; reply: Reply }) {
  const line = useStatusLine(reply);
  return (
    <p id={id} className={classes.root} data-tone={line?.tone} role="status">
      {line?.words}
    </p>
  );
}
