import { useLingui } from "@lingui/react/macro";
import type { Message } from "../../api/types";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./Reactions.module.css";
import { emojiOf } from "./reactionIcons";
import { useThreadTools } from "./threadTools";
import { useReact } from "./useReact";

/** Who reacted to a message, and how. A click on the account's own takes it away. */
export function Reactions({ message, side }: { message: Message; side: "in" | "out" }) {
  const { t } = useLingui();
  const { can } = useThreadTools();
  const react = useReact(message);
  const problemText = useProblemText();
  if (message.reactions.length === 0 && !react.error) return null;
  const allowed = message.can_react && can.has("reaction");
  return (
    <div className={classes.root} data-from={side}>
      {message.reactions.map((one) => {
        const names = one.names.join(", ");
        const label = names ? `${emojiOf(one.icon)} ${names}` : t`${emojiOf(one.icon)} ${one.count} người`;
        const face = (
          <>
            <span aria-hidden>{emojiOf(one.icon)}</span>
            {one.count > 1 && <span aria-hidden>{one.count}</span>}
          </>
        );
        return allowed ? (
          <button
            key={one.icon}
            type="button"
            className={classes.chip}
            aria-pressed={one.mine}
            aria-label={label}
            title={names}
            onClick={() => react.mutate(one.mine ? null : one.icon)}
          >
            {face}
          </button>
        ) : (
          <span key={one.icon} className={classes.chip} role="img" aria-label={label} title={names}>
            {face}
          </span>
        );
      })}
      {react.error && (
        <span className={classes.problem} role="alert">
          {problemText(react.error)}
        </span>
      )}
    </div>
  );
}
