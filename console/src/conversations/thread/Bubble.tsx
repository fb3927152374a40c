import { useLingui } from "@lingui/react/macro";
import { lazy, memo, Suspense, useState } from "react";
import type { ConversationDetail } from "../../api/types";
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
        {message && <Reactions message={message} side={side} />}
        {trouble &&
          ("pending" in source
            ? source.pending.last && <PendingTrouble pending={source.pending.whole} />
            : message && <MessageTrouble message={message} />)}
        {meta && (
          <span className={classes.meta}>
            <time dateTime={at}>{dates.time(at)}</time>
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
