import { useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { type KeyboardEvent, useId, useRef } from "react";
import { useMe } from "../../people/session";
import { useIsTouch } from "../../shared/breakpoints";
import { isImeKey, sendsOnKey } from "../../shared/keyboard/enterKey";
import { NOTE_ID } from "../../shared/keyboard/targets";
import { useProblemText } from "../../shared/useProblemText";
import composer from "../composer/Composer.module.css";
import { MentionList, optionId } from "./MentionList";
import { stillNamed } from "./mentions";
import classes from "./NoteComposer.module.css";
import { useNoteDraft } from "./noteDraft";
import { useWriteNote } from "./queries";
import { useColleagues } from "./useColleagues";
import { useMentioning } from "./useMentioning";

const MOST_LINES = 8;
const LONGEST = 4000;
const HINT_ID = "note-hint";

/** What stays among colleagues. It knows no way to the customer: its words go to the notes, or nowhere. */
export function NoteComposer({ conversationId }: { conversationId: number }) {
  const { t } = useLingui();
  const me = useMe();
  const touch = useIsTouch();
  const listId = useId();
  const problemText = useProblemText();
  const input = useRef<HTMLTextAreaElement>(null);
  const { text, write, chosen, mention, clear } = useNoteDraft(me.id, conversationId);
  const writing = useWriteNote(conversationId);
  const { people, active, at, follow, take, onKey } = useMentioning({
    input,
    text,
    write,
    mention,
    usePeople: useColleagues,
  });
  const words = text.normalize("NFC").trim();
  const named = stillNamed(words, chosen);
  const save = () => {
    if (words === "" || writing.isPending) return;
    const body = { text: words, mention_ids: named.map((one) => one.id) };
    writing.mutate(body, { onSuccess: clear });
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { isComposing, keyCode } = event.nativeEvent;
    if (isImeKey({ isComposing, keyCode }) || onKey(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.currentTarget.blur();
      return;
    }
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (!sendsOnKey({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode }, touch)) return;
    event.preventDefault();
    save();
  };
  const names = named.map((one) => one.name).join(", ");
  return (
    <>
      <p className={classes.hint} id={HINT_ID}>
        {names
          ? t`Chỉ đồng nghiệp thấy. ${names} sẽ đọc được hội thoại này.`
          : t`Chỉ đồng nghiệp thấy, khách không nhận được. Gõ @ để nhắc tên.`}
      </p>
      <div className={classes.box}>
        {people.length > 0 && (
          <MentionList id={listId} label={t`Nhắc đồng nghiệp`} people={people} at={at} take={take} />
        )}
        <div className={composer.line}>
          <Textarea
            ref={input}
            id={NOTE_ID}
            className={composer.field}
            classNames={{ input: composer.input }}
            variant="unstyled"
            autosize
            minRows={1}
            maxRows={MOST_LINES}
            maxLength={LONGEST}
            value={text}
            onChange={(event) => {
              write(event.currentTarget.value);
              follow();
            }}
            onSelect={follow}
            onKeyDown={onKeyDown}
            placeholder={t`Viết cho đồng nghiệp…`}
            aria-label={t`Ghi chú nội bộ`}
            aria-describedby={HINT_ID}
            role="combobox"
            aria-expanded={people.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active && optionId(listId, active)}
            enterKeyHint={touch ? "enter" : "done"}
          />
          <Button
            className={classes.save}
            size={touch ? "md" : "sm"}
            leftSection={<IconLock size={16} stroke={1.9} aria-hidden />}
            disabled={words === ""}
            loading={writing.isPending}
            onPointerDown={(event) => event.preventDefault()}
            onClick={save}
          >
            {t`Lưu ghi chú`}
          </Button>
        </div>
        {writing.error && (
          <p className={classes.problem} role="alert">
            {problemText(writing.error)}
          </p>
        )}
      </div>
    </>
  );
}
