import { useLingui } from "@lingui/react/macro";
import { CloseButton } from "@mantine/core";
import type { NewButton } from "../../api/types";
import { focusComposer } from "../../shared/keyboard/targets";
import classes from "./ButtonTray.module.css";
import { useCompositions } from "./useComposition";

/** The buttons that go under the next message. */
export function ButtonTray({
  conversationId,
  buttons,
}: {
  conversationId: number;
  buttons: readonly NewButton[];
}) {
  const { t } = useLingui();
  const compositions = useCompositions();
  const without = (index: number) => buttons.filter((_, at) => at !== index);
  return (
    <ul className={classes.root} aria-label={t`Nút bấm sẽ gửi kèm`}>
      {buttons.map((button, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two buttons may be alike, and their place is all that tells them apart.
        <li key={index} className={classes.button}>
          <span>{button.title}</span>
          <CloseButton
            size="sm"
            aria-label={t`Bỏ nút ${button.title}`}
            onClick={() => {
              compositions.setButtons(conversationId, without(index));
              focusComposer();
            }}
          />
        </li>
      ))}
    </ul>
  );
}
