import { useLingui } from "@lingui/react/macro";
import { IconArrowBackUp, IconMoodPlus } from "@tabler/icons-react";
import { useState } from "react";
import { emojiOf } from "../../conversations/thread/reactionIcons";
import { useLongPress } from "../../conversations/thread/useLongPress";
import { Avatar } from "../shared/Avatar";
import { useWords } from "../shared/words";
import classes from "./Bubble.module.css";
import { Buttons } from "./Buttons";
import { Content, isBare } from "./Content";
import { useTalk } from "./context";
import { QuoteBlock } from "./QuoteBlock";
import { ReactionBar } from "./ReactionBar";
import { SendState } from "./SendState";
import type { Shown } from "./timeline";

export type Face = { name: string; avatar: string };

type Props = {
  message: Shown;
  /** Who speaks, when it is not the phone's own person. */
  other: Face | null;
  /** The name stands over what they say: several speak here. */
  named?: boolean;
  first: boolean;
  last: boolean;
  /** Of the last own message. */
  state: "sent" | "received" | "seen" | null;
};

export function Bubble({ message, other, named = false, first, last, state }: Props) {
  const { t } = useLingui();
  const { time } = useWords();
  const { reply } = useTalk();
  const [choosing, setChoosing] = useState(false);
  const own = message.src === 1;
  const known = !message.pending && message.type !== "zns" && message.type !== "recalled";
  const press = useLongPress(() => known && setChoosing(true));
  const bare = isBare(message);
  return (
    <div className={classes.line} data-own={own || undefined} data-first={first || undefined}>
      {!own && (
        <span className={classes.face}>
          {first && other && <Avatar name={other.name} src={other.avatar} size={32} />}
        </span>
      )}
      <div className={classes.column}>
        <div
          className={classes.bubble}
          data-own={own || undefined}
          data-bare={bare || undefined}
          data-message={message.msg_id}
          {...press}
        >
          {named && first && other && <span className={classes.author}>{other.name}</span>}
          {message.quote && <QuoteBlock quote={message.quote} other={other?.name ?? ""} />}
          <Content message={message} />
          <Buttons message={message} />
          {last && !message.pending && <span className={classes.time}>{time(message.time)}</span>}
          <Reactions message={message} />
        </div>
        <SendState message={message} state={state} />
        {choosing && <ReactionBar message={message} own={own} close={() => setChoosing(false)} />}
      </div>
      {known && (
        <span className={classes.tools}>
          <button type="button" aria-label={t`Trả lời`} title={t`Trả lời`} onClick={() => reply(message)}>
            <IconArrowBackUp size={18} stroke={1.8} />
          </button>
          <button
            type="button"
            aria-label={t`Thả cảm xúc`}
            title={t`Thả cảm xúc`}
            aria-expanded={choosing}
            onClick={() => setChoosing(true)}
          >
            <IconMoodPlus size={18} stroke={1.8} />
          </button>
        </span>
      )}
    </div>
  );
}

function Reactions({ message }: { message: Shown }) {
  const icons = [...message.reactions, ...message.own_reactions].map(emojiOf);
  if (icons.length === 0) return null;
  return (
    <span className={classes.reactions}>
      {[...new Set(icons)].join("")}
      {icons.length > 1 && <span className={classes.count}>{icons.length}</span>}
    </span>
  );
}
