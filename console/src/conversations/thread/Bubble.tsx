import { useLingui } from "@lingui/react/macro";
import { memo } from "react";
import type { ConversationDetail } from "../../api/types";
import { useMe } from "../../people/session";
import { useDates } from "../../shared/time/useDates";
import { Face } from "../../shared/ui/Face";
import classes from "./Bubble.module.css";
import { BubbleBody } from "./BubbleBody";
import { MessageTrouble, PendingTrouble } from "./DeliveryTrouble";
import { TickMark } from "./TickMark";
import { tickOfMessage, tickOfPending } from "./ticks";
import type { BubbleEntry } from "./timeline";

type Props = Pick<BubbleEntry, "source" | "first" | "last"> & {
  group: boolean;
  customer: ConversationDetail["contact"];
  /** Say the delivery state in words: for the last outgoing message only. */
  tellState: boolean;
};

export const Bubble = memo(function Bubble({ source, first, last, group, customer, tellState }: Props) {
  const dates = useDates();
  const author = useAuthor(source, customer);
  const side = "pending" in source || source.message.direction === "out" ? "out" : "in";
  const at = "pending" in source ? source.pending.createdAt : source.message.sent_at;
  const tick = "pending" in source ? tickOfPending(source.pending) : tickOfMessage(source.message);
  const trouble = tick === "failed" || tick === "uncertain";
  const meta = last || trouble || tick === "waiting" || tellState;
  const faced = side === "in" || !author.mine;
  return (
    <div
      className={classes.row}
      data-side={side}
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
          <span className={classes.author}>{author.name}</span>
        )}
        <BubbleBody source={source} side={side} failed={tick === "failed"} title={dates.dateTime(at)} />
        {trouble &&
          ("pending" in source ? (
            <PendingTrouble pending={source.pending} />
          ) : (
            <MessageTrouble message={source.message} />
          ))}
        {meta && (
          <span className={classes.meta}>
            <time dateTime={at}>{dates.time(at)}</time>
            {tick && <TickMark tick={tick} words={tellState || trouble} />}
          </span>
        )}
      </div>
    </div>
  );
});

type Author = { name: string; avatar: string | null; mine: boolean };

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
      return { name: name ? t`${name} (từ Zalo)` : t`Gửi từ Zalo`, avatar: author.avatar_url, mine: false };
    }
    case "system":
      return { name: author.name ?? t`Hệ thống`, avatar: author.avatar_url, mine: false };
    case "staff":
      return { name: author.name ?? t`Nhân viên`, avatar: author.avatar_url, mine: author.id === me.id };
  }
}
