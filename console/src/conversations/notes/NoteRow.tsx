import { useLingui } from "@lingui/react/macro";
import { IconLock, IconTrash } from "@tabler/icons-react";
import { lazy, memo, Suspense, useState } from "react";
import type { Note } from "../../api/visibility";
import { useMe } from "../../people/session";
import { useDates } from "../../shared/time/useDates";
import { cutAtMentions } from "./mentions";
import classes from "./NoteRow.module.css";

const DeleteNoteDialog = lazy(() => import("./DeleteNoteDialog"));

type Props = { note: Note; conversationId: number };

/** Among colleagues: across the whole width and under a lock, so that nobody takes it for a message. */
export const NoteRow = memo(function NoteRow({ note, conversationId }: Props) {
  const { t } = useLingui();
  const me = useMe();
  const dates = useDates();
  const [asked, setAsked] = useState(false);
  const mine = note.author.id === me.id;
  const deleteLabel = t`Xóa ghi chú`;
  return (
    <article className={classes.note} data-note={note.id} data-deleted={note.deleted || undefined}>
      <p className={classes.head}>
        <IconLock size={14} stroke={1.9} aria-hidden />
        <span className={classes.kind}>{t`Ghi chú nội bộ`}</span>
        <span className={classes.author}>{mine ? t`Bạn` : note.author.name}</span>
        <time dateTime={note.created_at} title={dates.dateTime(note.created_at)}>
          {dates.time(note.created_at)}
        </time>
        {mine && !note.deleted && me.permissions.includes("note:write") && (
          <button
            type="button"
            className={classes.delete}
            aria-label={deleteLabel}
            title={deleteLabel}
            onClick={() => setAsked(true)}
          >
            <IconTrash size={15} stroke={1.75} aria-hidden />
          </button>
        )}
      </p>
      {note.deleted && (
        <p className={classes.trace}>
          {mine ? t`Bạn đã xóa ghi chú này.` : t`Ghi chú đã bị người viết xóa.`}
        </p>
      )}
      {note.text && (
        <p className={classes.text}>
          {cutAtMentions(note.text, note.mentions).map(({ text, person }, index) =>
            person ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never move.
              <span key={index} className={classes.mention} data-me={person.id === me.id || undefined}>
                {text}
              </span>
            ) : (
              text
            ),
          )}
        </p>
      )}
      {asked && (
        <Suspense fallback={null}>
          <DeleteNoteDialog note={note} conversationId={conversationId} close={() => setAsked(false)} />
        </Suspense>
      )}
    </article>
  );
});
