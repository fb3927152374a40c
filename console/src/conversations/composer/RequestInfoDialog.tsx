import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { focusComposer } from "../../shared/keyboard/targets";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { uuid } from "../../shared/uuid";
import { useOutbox } from "../outbox/useOutbox";
import classes from "./dialogs.module.css";

const LONGEST_TITLE = 100;
const LONGEST_SUBTITLE = 500;

/** A card by which the customer can hand over name, phone and address with one tap. */
export default function RequestInfoDialog({
  conversation,
  close,
}: {
  conversation: ConversationDetail;
  close: () => void;
}) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const closeButton = useCloseButton();
  useReturnFocus(focusComposer);
  const outbox = useOutbox();
  const account = conversation.account.name;
  const [title, setTitle] = useState(t`${account} xin thông tin liên hệ của bạn`);
  const [subtitle, setSubtitle] = useState(
    t`Bạn gửi giúp tên, số điện thoại và địa chỉ để chúng tôi hỗ trợ nhanh hơn.`,
  );
  const ready = title.trim() !== "" && subtitle.trim() !== "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const requestInfo = { title: title.trim(), subtitle: subtitle.trim() };
    outbox.send(conversation.id, uuid(), "", { requestInfo });
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Xin thông tin khách`}
      closeButtonProps={closeButton}
      fullScreen={phone}
    >
      <form className={classes.form} onSubmit={send}>
        <p className={classes.lead}>
          {t`Khách nhận một thẻ có nút chia sẻ. Khi khách đồng ý, thông tin hiện ở phần khách hàng.`}
        </p>
        <TextInput
          label={t`Tiêu đề`}
          value={title}
          maxLength={LONGEST_TITLE}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          size="md"
          label={t`Nội dung`}
          value={subtitle}
          maxLength={LONGEST_SUBTITLE}
          autosize
          minRows={2}
          maxRows={6}
          onChange={(event) => setSubtitle(event.currentTarget.value)}
        />
        <div className={classes.foot}>
          <Button variant="default" onClick={close}>
            {t`Thôi`}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t`Gửi yêu cầu`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
