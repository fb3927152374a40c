import { useLingui } from "@lingui/react/macro";
import { IconArrowBackUp, IconMoodPlus } from "@tabler/icons-react";
import { useState } from "react";
import { emojiOf } from "../../conversations/thread/reactionIcons";
import { useLongPress } from "../../conversations/thread/useLongPress";
import { Avatar } from "../shared/Avatar";
import type { Account } from "../shared/api";
import { useWords } from "../shared/words";
import classes from "./Bubble.module.css";
import { Buttons } from "./Buttons";
import { Content, isBare } from "./Content";
import { useDeeds } from "./context";
import { QuoteBlock } from "./QuoteBlock";
import { ReactionBar } from "./ReactionBar";
import { SendState } from "./SendState";
import type { Shown } from "./timeline";

type Props = {
  message: Shown;
  account: Account | null;
  first: boolean;
  last: boolean;
  /** Of the customer's last message. */
  state: "sent" | "received" | "seen" | null;
};

export function Bubble({ message, account, first, last, state }: Props) {
  const { t } = useLingui();
  const { time } = useWords();
  const { reply } = useDeeds();
  const [choosing, setChoosing] = useState(false);
  const own = message.src === 1;
  const known = !message.pending && message.type !== "zns";
  const press = useLongPress(() => known && setChoosing(true));
  const bare = isBare(message);
  return (
    <div className={classes.line} data-own={own || undefined} data-first={first || undefined}>
      {!own && (
        <span className={classes.face}>
          {first && account && <Avatar name={account.name} src={account.avatar} size={32} />}
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
          {message.quote && <QuoteBlock quote={message.quote} account={account} />}
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
