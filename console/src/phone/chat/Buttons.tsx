import { useLingui } from "@lingui/react/macro";
import { safeAddress } from "../../conversations/thread/media/addresses";
import { phoneInWords } from "../../customers/phones";
import type { Button, Message } from "../shared/api";
import classes from "./Content.module.css";
import { useDeeds } from "./context";
import { opened } from "./parts";

/** Buttons under a message. One that asks sends its words; the others open something on the phone. */
export function Buttons({ message }: { message: Message }) {
  const buttons = message.extra.buttons ?? [];
  if (buttons.length === 0) return null;
  return (
    <div className={classes.form}>
      {buttons.map((button, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the buttons of a message never move.
        <Act key={index} message={message} button={button} index={index} />
      ))}
    </div>
  );
}

function Act({ message, button, index }: { message: Message; button: Button; index: number }) {
  const { t } = useLingui();
  const { attempt, phone, say } = useDeeds();
  const what = opened(button.type, button.payload);
  const address = what?.kind === "url" ? safeAddress(what.address) : null;
  if (address) {
    return (
      <a className={classes.act} href={address.href} target="_blank" rel="noopener noreferrer">
        {button.title}
      </a>
    );
  }
  const press = () => {
    if (what?.kind === "phone") return say(t`Điện thoại mở cuộc gọi tới ${phoneInWords(what.number)}`);
    if (what?.kind === "sms")
      return say(t`Điện thoại mở SMS tới ${phoneInWords(what.number)}: ${what.words}`);
    void attempt(() => phone.press(message.msg_id, index));
  };
  return (
    <button type="button" className={classes.act} onClick={press}>
      {button.title}
    </button>
  );
}
