import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { NewButton } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { focusComposer } from "../../shared/keyboard/targets";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { uuid } from "../../shared/uuid";
import { BUTTON_LIMITS, isComplete } from "./buttons";
import classes from "./dialogs.module.css";
import { useComposition, useCompositions } from "./useComposition";

type Line = { key: string; button: NewButton };

const line = (button: NewButton): Line => ({ key: uuid(), button });
const blank = (): NewButton => ({ title: "", type: "oa.open.url", payload: "" });

/** The buttons under the next message: at most five. */
export default function ButtonsDialog({
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
  const compositions = useCompositions();
  const { buttons } = useComposition(conversationId);
  const [lines, setLines] = useState(() => (buttons.length > 0 ? buttons.map(line) : [line(blank())]));
  const ready = lines.every(({ button }) => isComplete(button));
  const change = (key: string, what: Partial<NewButton>) =>
    setLines(lines.map((one) => (one.key === key ? { ...one, button: { ...one.button, ...what } } : one)));
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    compositions.setButtons(
      conversationId,
      lines.map(({ button }) => button),
    );
    close();
    setTimeout(focusComposer);
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Nút bấm dưới tin`}
      size="lg"
      closeButtonProps={closeButton}
      fullScreen={phone}
    >
      <form className={classes.form} onSubmit={keep}>
        <p className={classes.lead}>{t`Nút đi cùng phần chữ của tin sắp gửi, tối đa 5 nút.`}</p>
        {lines.map(({ key, button }, index) => (
          <fieldset key={key} className={classes.group}>
            <legend>{t`Nút ${index + 1}`}</legend>
            <div className={classes.pair}>
              <TextInput
                {...(index === 0 && { "data-autofocus": true })}
                label={t`Chữ trên nút`}
                value={button.title}
                maxLength={BUTTON_LIMITS.title}
                onChange={(event) => change(key, { title: event.currentTarget.value })}
              />
              <NativeSelect
                size="md"
                label={t`Khi bấm`}
                value={button.type}
                onChange={(event) =>
                  change(key, { type: event.currentTarget.value as NewButton["type"], payload: "" })
                }
                data={[
                  { value: "oa.open.url", label: t`Mở trang web` },
                  { value: "oa.query.show", label: t`Gửi câu trả lời (khách thấy)` },
                  { value: "oa.query.hide", label: t`Gửi câu trả lời (ẩn)` },
                  { value: "oa.open.phone", label: t`Gọi điện` },
                  { value: "oa.open.sms", label: t`Soạn tin SMS` },
                ]}
              />
            </div>
            <Payload button={button} change={(what) => change(key, what)} />
            <ActionIcon
              className={classes.remove}
              variant="subtle"
              color="gray"
              size={phone ? 44 : 32}
              aria-label={t`Bỏ nút ${index + 1}`}
              onClick={() => setLines(lines.filter((one) => one.key !== key))}
            >
              <IconTrash size={18} stroke={1.6} />
            </ActionIcon>
          </fieldset>
        ))}
        {lines.length < BUTTON_LIMITS.count && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={16} />}
            onClick={() => setLines([...lines, line(blank())])}
          >
            {t`Thêm một nút`}
          </Button>
        )}
        <div className={classes.foot}>
          <Button variant="default" onClick={close}>
            {t`Thôi`}
          </Button>
          <Button type="submit" disabled={!ready}>
            {t`Đặt vào tin`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Payload({ button, change }: { button: NewButton; change: (what: Partial<NewButton>) => void }) {
  const { t } = useLingui();
  const value = button.payload;
  const set = (payload: string) => change({ payload });
  switch (button.type) {
    case "oa.open.url":
      return (
        <TextInput
          label={t`Địa chỉ trang`}
          type="url"
          inputMode="url"
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case "oa.open.phone":
      return (
        <TextInput
          label={t`Số điện thoại`}
          inputMode="tel"
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case "oa.open.sms":
      return (
        <>
          <TextInput
            label={t`Số điện thoại`}
            inputMode="tel"
            value={value}
            onChange={(event) => set(event.currentTarget.value)}
          />
          <Textarea
            size="md"
            label={t`Nội dung SMS`}
            autosize
            maxLength={BUTTON_LIMITS.sms}
            value={button.content ?? ""}
            onChange={(event) => change({ content: event.currentTarget.value })}
          />
        </>
      );
    default:
      return (
        <Textarea
          size="md"
          label={t`Câu khách sẽ gửi`}
          autosize
          maxLength={BUTTON_LIMITS.query}
          value={value}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
  }
}
