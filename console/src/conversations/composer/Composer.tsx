import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ClipboardEvent, type KeyboardEvent, lazy, Suspense, useId, useRef } from "react";
import type { Capability, ConversationDetail } from "../../api/types";
import { fitting } from "../../people/choosing/fitting";
import { useMe } from "../../people/session";
import { useIsPhone, useIsTouch } from "../../shared/breakpoints";
import { isImeKey, sendsOnKey } from "../../shared/keyboard/enterKey";
import { COMPOSER_ID } from "../../shared/keyboard/targets";
import { uuid } from "../../shared/uuid";
import { MentionList, optionId } from "../notes/MentionList";
import { useMentioning } from "../notes/useMentioning";
import { useOutbox } from "../outbox/useOutbox";
import classes from "./Composer.module.css";
import { ComposerActions } from "./ComposerActions";
import { ComposerStatus } from "./ComposerStatus";
import { useDraft } from "./drafts";
import { pastedFiles, takesFiles } from "./files";
import { LengthNote } from "./LengthNote";
import { EVERYBODY, type Member, memberMentions } from "./memberMentions";
import { membersQuery } from "./members";
import { QuoteBar } from "./QuoteBar";
import { UploadTray } from "./UploadTray";
import { useComposition, useCompositions } from "./useComposition";
import { useInsertion } from "./useInsertion";
import { useTellTyping } from "./useTellTyping";

const ButtonTray = lazy(() => import("./ButtonTray").then(({ ButtonTray: it }) => ({ default: it })));

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
  const listId = useId();
  const can = new Set(reply.can as Capability[]);
  const open = reply.allowed && !reply.blocked;
  const naming = open && conversation.kind === "group" && can.has("mention");
  const group = useQuery({ ...membersQuery(id), enabled: naming });
  const members = naming ? [...(group.data ?? []), EVERYBODY] : [];
  const mentioning = useMentioning<Member>({
    input,
    text: draft.text,
    write: draft.write,
    mention: () => undefined,
    usePeople: (sought) => (sought === null ? [] : fitting(members, sought, [])),
  });
  const { people, active } = mentioning;
  const tellTyping = useTellTyping(id);
  const media = uploads.flatMap((item) => (item.media ? [item.media] : []));
  const text = draft.text.normalize("NFC").trim();
  const whole = uploads.every((item) => item.state === "done");
  const ready = open && whole && (text !== "" || media.length > 0);

  const send = () => {
    // The window may have closed while somebody wrote: the text stays, the status line says why.
    if (!ready) return;
    outbox.send(id, uuid(), text, { media, quote, buttons, mentions: memberMentions(text, members) });
    draft.clear();
    compositions.clear(id);
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (!isImeKey({ isComposing, keyCode }) && mentioning.onKey(event)) return;
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
      <ComposerStatus
        id={STATUS_ID}
        reply={reply}
        account={conversation.account}
        mine={conversation.custodian?.id === me.id}
      />
      <div className={classes.box} data-blocked={!open || undefined}>
        {people.length > 0 && (
          <MentionList
            id={listId}
            label={t`Nhắc thành viên`}
            people={people}
            at={mentioning.at}
            take={mentioning.take}
          />
        )}
        {quote && <QuoteBar quote={quote} drop={then(() => compositions.setQuote(id, null))} />}
        {uploads.length > 0 && (
          <UploadTray
            items={uploads}
            retry={(key) => then(() => compositions.retry(id, key))()}
            remove={(key) => then(() => compositions.remove(id, key))()}
          />
        )}
        {buttons.length > 0 && (
          <Suspense fallback={null}>
            <ButtonTray conversationId={id} buttons={buttons} />
          </Suspense>
        )}
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
            onChange={(event) => {
              draft.write(event.currentTarget.value);
              if (naming) mentioning.follow();
              if (event.currentTarget.value && open && can.has("typing")) tellTyping();
            }}
            {...(naming && {
              onSelect: mentioning.follow,
              role: "combobox",
              "aria-expanded": people.length > 0,
              "aria-controls": listId,
              "aria-autocomplete": "list" as const,
              "aria-activedescendant": active && optionId(listId, active),
            })}
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
