import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { HistoryImport } from "../../api/history";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./Importing.module.css";
import { undoQuery, useUndo } from "./queries";

/** Says what goes and what stays before it asks. */
export function UndoDialog({ found, close }: { found: HistoryImport; close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  const preview = useQuery(undoQuery(found.id));
  const undo = useUndo(found.id);
  const { messages = 0, conversations = 0, contacts = 0 } = preview.data ?? {};
  const { conversations_kept: threads = 0, contacts_kept: people = 0 } = preview.data ?? {};
  return (
    <Modal opened onClose={close} title={t`Hoàn tác lượt nhập`} closeButtonProps={closeButton}>
      <div className={classes.form}>
        {preview.isPending && <Skeleton height={80} />}
        {preview.data && (
          <div>
            {t`Sẽ gỡ khỏi sổ:`}
            <ul className={classes.list}>
              <li>{t`${plural(messages, { one: "# tin nhắn đã nhập", other: "# tin nhắn đã nhập" })}`}</li>
              <li>
                {t`${plural(conversations, { one: "# hội thoại chỉ có tin nhập", other: "# hội thoại chỉ có tin nhập" })}`}
              </li>
              <li>{t`${plural(contacts, { one: "# khách chỉ có trong tệp", other: "# khách chỉ có trong tệp" })}`}</li>
            </ul>
          </div>
        )}
        {threads + people > 0 && (
          <div>
            {t`Được giữ lại vì sau đó đã có thêm việc khác:`}
            <ul className={classes.list}>
              {threads > 0 && <li>{t`${plural(threads, { one: "# hội thoại", other: "# hội thoại" })}`}</li>}
              {people > 0 && <li>{t`${plural(people, { one: "# khách", other: "# khách" })}`}</li>}
            </ul>
          </div>
        )}
        <p className={classes.hint}>{t`Tin nhắn từ kênh và mọi thứ có từ trước vẫn nguyên vẹn.`}</p>
        {(undo.error ?? preview.error) && (
          <Alert color="red" variant="light" role="alert">
            {problemText(undo.error ?? preview.error)}
          </Alert>
        )}
        <div className={classes.actions}>
          <Button variant="default" onClick={close} disabled={undo.isPending}>
            {t`Thôi`}
          </Button>
          <Button
            color="red.9"
            disabled={!preview.data}
            loading={undo.isPending}
            onClick={() => undo.mutate(undefined, { onSuccess: close })}
          >
            {t`Hoàn tác`}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
