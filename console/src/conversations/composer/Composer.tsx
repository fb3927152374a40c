import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { type KeyboardEvent, useRef } from "react";
import type { ConversationDetail } from "../../api/types";
import { useMe } from "../../people/session";
import { useIsTouch } from "../../shared/breakpoints";
import { COMPOSER_ID } from "../../shared/keyboard/targets";
import { uuid } from "../../shared/uuid";
import { useOutbox } from "../outbox/useOutbox";
import classes from "./Composer.module.css";
import { ComposerStatus } from "./ComposerStatus";
import { useDraft } from "./drafts";
import { isImeKey, sendsOnKey } from "./enterKey";

const MOST_LINES = 8;
const STATUS_ID = "composer-status";

export function Composer({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const me = useMe();
  const outbox = useOutbox();
  const touch = useIsTouch();
  const input = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(me.id, conversation.id);
  const allowed = conversation.reply.allowed;
  const ready = allowed && draft.text.trim() !== "";

  const send = () => {
    // The window may have closed while somebody wrote: the text stays, the status line says why.
    if (!ready) return;
    outbox.send(conversation.id, uuid(), draft.text.normalize("NFC").trim());
    draft.clear();
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (event.key === "Escape" && !isImeKey({ isComposing, keyCode })) {
      event.preventDefault();
      event.currentTarget.blur();
      return;
    }
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (!sendsOnKey({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode }, touch)) return;
    event.preventDefault();
    send();
  };

  return (
    <footer className={classes.root}>
      <div className={classes.inner}>
        <ComposerStatus id={STATUS_ID} reply={conversation.reply} />
        <div className={classes.box} data-blocked={!allowed || undefined}>
          <Textarea
            ref={input}
            id={COMPOSER_ID}
            className={classes.field}
            classNames={{ input: classes.input }}
            variant="unstyled"
            autosize
            minRows={1}
            maxRows={MOST_LINES}
            value={draft.text}
            onChange={(event) => draft.write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
            placeholder={allowed ? t`Nhập tin nhắn…` : t`Chưa nhắn được cho khách này`}
            aria-label={t`Tin nhắn cho khách`}
            aria-describedby={STATUS_ID}
            disabled={!allowed && draft.text === ""}
            enterKeyHint={touch ? "enter" : "send"}
          />
          <ActionIcon
            className={classes.send}
            size={touch ? 44 : 36}
            disabled={!ready}
            aria-label={t`Gửi`}
            // The keyboard of a phone must not fold away between two messages.
            onPointerDown={(event) => event.preventDefault()}
            onClick={send}
          >
            <IconSend2 size={19} stroke={1.75} />
          </ActionIcon>
        </div>
        {!touch && <p className={classes.hint}>{t`Enter để gửi, Shift + Enter để xuống dòng`}</p>}
      </div>
    </footer>
  );
}
