import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal } from "@mantine/core";
import { useReturnFocus } from "../keyboard/useReturnFocus";
import { useProblemText } from "../useProblemText";
import dialog from "./Dialog.module.css";
import { useCloseButton } from "./useCloseButton";

type Props = {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  busy: boolean;
  error: unknown;
  confirm: () => void;
  close: () => void;
};

/** Says what will happen before it does. */
export function ConfirmDialog({ title, text, action, danger = false, busy, error, confirm, close }: Props) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  useReturnFocus();
  const problemText = useProblemText();
  return (
    <Modal opened onClose={close} title={title} size={440} closeButtonProps={closeButton}>
      <div className={dialog.form}>
        <p className={dialog.text}>{text}</p>
        {error != null && (
          <Alert color="red" variant="light" role="alert">
            {problemText(error)}
          </Alert>
        )}
        <div className={dialog.buttons}>
          <Button variant="default" disabled={busy} onClick={close}>
            {t`Thôi`}
          </Button>
          <Button {...(danger && { color: "red.9" })} loading={busy} onClick={confirm} data-autofocus>
            {action}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
