import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { type ClipboardEvent, type KeyboardEvent, useRef } from "react";
import type { Capability, ConversationDetail } from "../../api/types";
import { useMe } from "../../people/session";
import { useIsPhone, useIsTouch } from "../../shared/breakpoints";
import { isImeKey, sendsOnKey } from "../../shared/keyboard/enterKey";
import { COMPOSER_ID } from "../../shared/keyboard/targets";
import { uuid } from "../../shared/uuid";
import { useOutbox } from "../outbox/useOutbox";
import { ButtonTray } from "./ButtonTray";
import classes from "./Composer.module.css";
import { ComposerActions } from "./ComposerActions";
import { ComposerStatus } from "./ComposerStatus";
import { useDraft } from "./drafts";
import { pastedFiles, takesFiles } from "./files";
import { LengthNote } from "./LengthNote";
import { QuoteBar } from "./QuoteBar";
import { UploadTray } from "./UploadTray";
import { useComposition, useCompositions } from "./useComposition";
import { useInsertion } from "./useInsertion";

const MOST_LINES = 8;
const STATUS_ID = "composer-status";

/** What goes to the customer. */
export function Composer({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const me = useMe();
  const outbox = useOutbox();
  const touch = useIsTouch();
  const phone = useIsPhone();
  const input = useRef<HTMLTextAreaElement>(null);
  const { id, reply } = conversation;
  const draft = useDraft(me.id, id);
  const insert = useInsertion(input, draft.text, draft.write);
  const compositions = useCompositions();
  const { quote, uploads, buttons } = useComposition(id);
  const can = new Set(reply.can as Capability[]);
  const open = reply.allowed && !reply.blocked;
  const media = uploads.flatMap((item) => (item.media ? [item.media] : []));
  const text = draft.text.normalize("NFC").trim();
  const whole = uploads.every((item) => item.state === "done");
  const ready = open && whole && (text !== "" || media.length > 0);

  const send = () => {
    // The window may have closed while somebody wrote: the text stays, the status line says why.
    if (!ready) return;
    outbox.send(id, uuid(), text, { media, quote, buttons });
    draft.clear();
    compositions.clear(id);
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (event.key === "Escape" && !isImeKey({ isComposing, keyCode })) {
      event.preventDefault();
      if (quote) compositions.setQuote(id, null);
      else event.currentTarget.blur();
      return;
    }
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (!sendsOnKey({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode }, touch)) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0 || !open || !takesFiles(can)) return;
    event.preventDefault();
    compositions.addFiles(id, files);
  };

  // What is taken out of the composer takes its button along: the focus stays in the composer.
  const then = (what: () => void) => () => {
    what();
    if (!touch) input.current?.focus();
  };
  const actions = (
    <ComposerActions
      conversation={conversation}
      can={can}
      open={open}
      folded={phone}
      hint={!touch}
      insert={insert}
    />
  );
  return (
    <>
      <ComposerStatus id={STATUS_ID} reply={reply} account={conversation.account} />
      <div className={classes.box} data-blocked={!open || undefined}>
        {quote && <QuoteBar quote={quote} drop={then(() => compositions.setQuote(id, null))} />}
        {uploads.length > 0 && (
          <UploadTray
            items={uploads}
            retry={(key) => then(() => compositions.retry(id, key))()}
            remove={(key) => then(() => compositions.remove(id, key))()}
          />
        )}
        {buttons.length > 0 && <ButtonTray conversationId={id} buttons={buttons} />}
        <div className={classes.line}>
          {phone && actions}
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
            onPaste={onPaste}
            placeholder={open ? t`Nhập tin nhắn…` : t`Chưa nhắn được cho khách này`}
            aria-label={t`Tin nhắn cho khách`}
            aria-describedby={STATUS_ID}
            disabled={!open && draft.text === ""}
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
        <LengthNote text={text} most={reply.max_length} />
        {!phone && actions}
      </div>
    </>
  );
}
