import { useLingui } from "@lingui/react/macro";
import { IconArrowBackUp, IconCopy, IconTrash, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { REACTIONS } from "../../conversations/thread/reactionIcons";
import { useCopy } from "../../shared/useCopy";
import type { Message } from "../shared/api";
import { useTalk } from "./context";
import classes from "./ReactionBar.module.css";

const REMOVE = "/-remove";

/** Zalo's icons for one message, and what else a held finger offers. */
export function ReactionBar({ message, own, close }: { message: Message; own: boolean; close: () => void }) {
  const { t, i18n } = useLingui();
  const { attempt, react, recall, reply } = useTalk();
  const { copy } = useCopy();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
    box.current?.querySelector("button")?.focus({ preventScroll: true });
    const elsewhere = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close();
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [close]);
  const choose = (icon: string) => {
    close();
    void attempt(() => react(message.msg_id, icon));
  };
  const { text } = message;
  return (
    <div
      ref={box}
      className={classes.box}
      data-own={own || undefined}
      role="dialog"
      aria-label={t`Thả cảm xúc`}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <div className={classes.icons}>
        {REACTIONS.map(({ icon, emoji, name }) => (
          <button key={icon} type="button" aria-label={i18n._(name)} onClick={() => choose(icon)}>
            {emoji}
          </button>
        ))}
        {message.own_reactions.length > 0 && (
          <button type="button" aria-label={t`Bỏ cảm xúc`} onClick={() => choose(REMOVE)}>
            <IconX size={20} stroke={1.8} />
          </button>
        )}
      </div>
      <div className={classes.acts}>
        <button
          type="button"
          onClick={() => {
            close();
            reply(message);
          }}
        >
          <IconArrowBackUp size={18} stroke={1.8} aria-hidden />
          {t`Trả lời`}
        </button>
        {text && (
          <button
            type="button"
            onClick={() => {
              close();
              void copy(text);
            }}
          >
            <IconCopy size={18} stroke={1.8} aria-hidden />
            {t`Sao chép`}
          </button>
        )}
        {own && recall && (
          <button
            type="button"
            onClick={() => {
              close();
              void attempt(() => recall(message.msg_id));
            }}
          >
            <IconTrash size={18} stroke={1.8} aria-hidden />
            {t`Thu hồi`}
          </button>
        )}
      </div>
    </div>
  );
}
