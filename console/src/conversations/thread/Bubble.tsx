import { useLingui } from "@lingui/react/macro";
import { IconDeviceMobile, IconEraser, IconFileImport } from "@tabler/icons-react";
import { lazy, memo, Suspense, useState } from "react";
import type { ConversationDetail, Message } from "../../api/types";
import { useMe } from "../../people/session";
import { useDates } from "../../shared/time/useDates";
import { Face } from "../../shared/ui/Face";
import classes from "./Bubble.module.css";
import { BubbleBody } from "./BubbleBody";
import { MessageTrouble, PendingTrouble } from "./DeliveryTrouble";
import { MessageActions } from "./MessageActions";
import { Reactions } from "./Reactions";
import { TickMark } from "./TickMark";
import { tickOfMessage, tickOfPending } from "./ticks";
import type { BubbleEntry } from "./timeline";
import { useLongPress } from "./useLongPress";

const MessageSheet = lazy(() => import("./MessageSheet"));

type Props = Pick<BubbleEntry, "source" | "album" | "first" | "last"> & {
  group: boolean;
  customer: ConversationDetail["contact"];
  /** Say the delivery state in words: for the last outgoing message only. */
  tellState: boolean;
};

export const Bubble = memo(function Bubble({
  source,
  album,
  first,
  last,
  group,
  customer,
  tellState,
}: Props) {
  const dates = useDates();
  const author = useAuthor(source, customer);
  const side = "pending" in source || source.message.direction === "out" ? "out" : "in";
  // Of pictures that stand together, the last is the one that is answered.
  const message = album?.at(-1) ?? ("message" in source ? source.message : null);
  const at = "pending" in source ? source.pending.whole.createdAt : (message ?? source.message).sent_at;
  const tick = "pending" in source ? tickOfPending(source.pending.whole) : tickOfMessage(source.message);
  const trouble = tick === "failed" || tick === "uncertain";
  const recalled = message?.recalled ?? null;
  const byPhone = message?.from_phone;
  const meta = last || trouble || tick === "waiting" || tellState;
  const faced = side === "in" || !author.mine;
  const [held, setHeld] = useState(false);
  const press = useLongPress(() => setHeld(message !== null));
  return (
    <div
      className={classes.row}
      data-side={side}
      data-message={(album ?? (message ? [message] : [])).map((one) => one.id).join(" ") || undefined}
      data-first={first || undefined}
      data-trouble={trouble || undefined}
    >
      {faced && (
        <span className={classes.face}>
          {last && <Face name={author.name} src={author.avatar} size={28} />}
        </span>
      )}
      <div className={classes.column}>
        {first && !author.mine && (side === "out" || group) && (
          <span className={classes.author}>{author.title ?? author.name}</span>
        )}
        <div className={classes.said}>
          <div className={classes.body} {...press}>
            <BubbleBody
              source={source}
              {...(album && { album })}
              side={side}
              failed={tick === "failed"}
              title={dates.dateTime(at)}
            />
          </div>
          {message && <MessageActions message={message} />}
        </div>
        {recalled && (message?.text || message?.attachments.length !== 0) && (
          <RecalledNote recalled={recalled} />
        )}
        {!recalled && message?.recalling && <RecallingNote recalling={message.recalling} />}
        {message && <Reactions message={message} side={side} />}
        {trouble &&
          ("pending" in source
            ? source.pending.last && <PendingTrouble pending={source.pending.whole} />
            : message && <MessageTrouble message={message} />)}
        {meta && (
          <span className={classes.meta}>
            <time dateTime={at}>{dates.time(at)}</time>
            {byPhone && <PhoneMark />}
            {message?.imported && <ImportedMark />}
            {tick && <TickMark tick={tick} words={tellState || trouble} />}
          </span>
        )}
      </div>
      {held && message && (
        <Suspense fallback={null}>
          <MessageSheet message={message} close={() => setHeld(false)} />
        </Suspense>
      )}
    </div>
  );
});

/** Who took it back, and when: below what they took back. */
function RecalledNote({ recalled }: { recalled: NonNullable<Message["recalled"]> }) {
  const { t } = useLingui();
  const dates = useDates();
  const at = dates.time(recalled.at);
  return (
    <span className={classes.mark}>
      <IconEraser size={14} stroke={1.75} aria-hidden />
      {recalled.by === "customer" ? t`Khách đã thu hồi lúc ${at}` : t`Đã thu hồi lúc ${at}`}
    </span>
  );
}

/** A recall on its way to the channel, or one that it refused. */
function RecallingNote({ recalling }: { recalling: NonNullable<Message["recalling"]> }) {
  const { t } = useLingui();
  const failed = recalling.state === "failed";
  return (
    <span className={classes.mark} data-failed={failed || undefined} role="status">
      <IconEraser size={14} stroke={1.75} aria-hidden />
      {failed ? (recalling.reason ?? t`Chưa thu hồi được`) : t`Đang thu hồi…`}
    </span>
  );
}

/** Not from here: typed on the phone of whoever holds the account. */
function PhoneMark() {
  const { t } = useLingui();
  return (
    <span className={classes.phone}>
      <IconDeviceMobile size={14} stroke={1.75} aria-hidden />
      {t`Gửi từ điện thoại`}
    </span>
  );
}

/** From a file of old conversations. */
function ImportedMark() {
  const { t } = useLingui();
  return (
    <span className={classes.phone}>
      <IconFileImport size={14} stroke={1.75} aria-hidden />
      {t`nhập từ tệp`}
    </span>
  );
}

/** `title`: what stands above the bubble when the name alone does not say enough. */
type Author = { name: string; title?: string; avatar: string | null; mine: boolean };

function useAuthor(source: BubbleEntry["source"], customer: ConversationDetail["contact"]): Author {
  const { t } = useLingui();
  const me = useMe();
  if ("pending" in source) return { name: me.name, avatar: null, mine: true };
  const { author } = source.message;
  switch (author.kind) {
    case "customer":
      return {
        name: author.name ?? customer?.name ?? t`Khách hàng`,
        avatar: author.avatar_url ?? customer?.avatar_url ?? null,
        mine: false,
      };
    case "channel": {
      const name = author.name;
      const ending = author.external_id?.slice(-4);
      if (name && source.message.imported) return { name, avatar: null, mine: false };
      const unnamed = ending ? t`Quản trị viên OA …${ending}` : t`Gửi từ Zalo`;
      const title = name ? t`${name} (từ Zalo)` : unnamed;
      return { name: name ?? unnamed, title, avatar: author.avatar_url, mine: false };
    }
    case "system":
      return { name: author.name ?? t`Hệ thống`, avatar: author.avatar_url, mine: false };
    case "staff":
      return { name: author.name ?? t`Nhân viên`, avatar: author.avatar_url, mine: author.id === me.id };
  }
}
