import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { PrivacyRequest } from "../api/admin";
import { useReturnFocus } from "../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../shared/ui/useCloseButton";
import { useProblemText } from "../shared/useProblemText";
import classes from "./PrivacyRequestsPage.module.css";
import { useCloseRequest } from "./queries";

const LONGEST = 2000;

/** Closing asks what was done: whoever checks later reads it. */
export function ClosureDialog({ request, done }: { request: PrivacyRequest; done: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  const closing = useCloseRequest(request.id);
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closing.mutate(note.trim(), { onSuccess: done });
  };
  return (
    <Modal opened onClose={done} title={t`Đóng yêu cầu`} closeButtonProps={closeButton}>
      <form className={classes.form} onSubmit={submit}>
        <Textarea
          label={t`Đã xử lý thế nào`}
          description={t`Ví dụ: đã ngừng nhắn quảng cáo, đã xóa số điện thoại. Ghi chú này được giữ lại.`}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={LONGEST}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {closing.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(closing.error)}
          </Alert>
        )}
        <Button
          type="submit"
          className={classes.submit}
          disabled={note.trim() === ""}
          loading={closing.isPending}
        >
          {t`Đóng yêu cầu`}
        </Button>
      </form>
    </Modal>
  );
}
