import { useLingui } from "@lingui/react/macro";
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useIsPhone } from "../../shared/breakpoints";
import { focusComposer } from "../../shared/keyboard/targets";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { uuid } from "../../shared/uuid";
import { useOutbox } from "../outbox/useOutbox";
import classes from "./dialogs.module.css";

const LONGEST_ID = 64;

/** Zalo names its stickers by numbers only, and gives no list of them. */
export default function StickerDialog({
  conversationId,
  close,
}: {
  conversationId: number;
  close: () => void;
}) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const closeButton = useCloseButton();
  useReturnFocus(focusComposer);
  const outbox = useOutbox();
  const [number, setNumber] = useState("");
  const stickerId = number.trim();
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (stickerId === "") return;
    outbox.send(conversationId, uuid(), "", { stickerId });
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Gửi nhãn dán theo mã`}
      closeButtonProps={closeButton}
      fullScreen={phone}
    >
      <form className={classes.form} onSubmit={send}>
        <p className={classes.lead}>{t`Zalo công bố mã của từng nhãn dán ở stickers.zaloapp.com.`}</p>
        <TextInput
          label={t`Mã nhãn dán`}
          value={number}
          maxLength={LONGEST_ID}
          onChange={(event) => setNumber(event.currentTarget.value)}
          data-autofocus
        />
        <div className={classes.foot}>
          <Button variant="default" onClick={close}>
            {t`Thôi`}
          </Button>
          <Button type="submit" disabled={stickerId === ""}>
            {t`Gửi nhãn dán`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
