import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import classes from "./TypingLine.module.css";
import { useTyping } from "./typing";

/** Below the last message, over room that is always there: nothing moves when it comes and goes. */
export function TypingLine({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  const names = useTyping(conversationId);
  const [name] = names;
  const count = names.length;
  return (
    <p className={classes.root} aria-live="off">
      {name && (
        <span className={classes.words}>
          {count === 1 ? t`${name} đang nhập…` : t`${plural(count, { other: "# người đang nhập…" })}`}
        </span>
      )}
    </p>
  );
}
