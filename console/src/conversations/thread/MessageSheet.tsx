import { useLingui } from "@lingui/react/macro";
import { IconArrowBackUp, IconCopy, IconEraser } from "@tabler/icons-react";
import type { Message } from "../../api/types";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { BottomSheet } from "../../shared/ui/BottomSheet";
import { SheetLine } from "../../shared/ui/SheetLine";
import { useCopy } from "../../shared/useCopy";
import { ReactionButtons } from "./MessageActions";
import classes from "./MessageSheet.module.css";
import { useMessageActions } from "./useMessageActions";

/** What one can do with a message, under the thumb: opened by a long press. */
export default function MessageSheet({ message, close }: { message: Message; close: () => void }) {
  const { t } = useLingui();
  const { reacts, quotes, copies, recalls, react, quote, recall, mine } = useMessageActions(message);
  const { copy } = useCopy();
  useReturnFocus();
  const then = (what: () => unknown) => () => {
    what();
    close();
  };
  return (
    <BottomSheet
      title={t`Thao tác với tin nhắn`}
      close={close}
      withCloseButton={false}
      classNames={{ header: classes.header, body: classes.around }}
    >
      {/* The focus waits here: on the first reaction it would look as if that one had been chosen. */}
      <div className={classes.body} tabIndex={-1} data-autofocus>
        {reacts && (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring its own frame.
          <div className={classes.reactions} role="group" aria-label={t`Chọn cảm xúc`}>
            <ReactionButtons mine={mine} pick={(icon) => then(() => react(icon))()} />
          </div>
        )}
        {quotes && (
          <SheetLine icon={IconArrowBackUp} press={then(quote)}>
            {t`Trả lời tin này`}
          </SheetLine>
        )}
        {copies && (
          <SheetLine icon={IconCopy} press={then(() => copy(message.text ?? ""))}>
            {t`Sao chép`}
          </SheetLine>
        )}
        {recalls && (
          <SheetLine icon={IconEraser} press={then(recall)}>
            {t`Thu hồi`}
          </SheetLine>
        )}
      </div>
    </BottomSheet>
  );
}
