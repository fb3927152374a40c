import { useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api, call } from "../../api/client";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import dialog from "../../shared/ui/Dialog.module.css";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import { CodeInput } from "./CodeInput";
import { securityQuery } from "./queries";

/** Above whatever asked. Escape is the gate's business: it closes this dialog, not those below. */
export default function SudoDialog({ close }: { close: (proven: boolean) => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const problemText = useProblemText();
  const security = useQuery(securityQuery);
  const [byCode, setByCode] = useState(false);
  const [given, setGiven] = useState("");
  useReturnFocus();
  const proving = useMutation({
    mutationFn: () =>
      call(api.POST("/api/session/sudo", { body: byCode ? { code: given } : { password: given } })),
    onSuccess: () => close(true),
    onError: () => setGiven(""),
  });
  const swap = () => {
    proving.reset();
    setByCode(!byCode);
    setGiven("");
  };
  return (
    <Modal
      opened
      onClose={() => close(false)}
      title={t`Xác nhận đó là bạn`}
      size={420}
      zIndex={400}
      closeButtonProps={closeButton}
      closeOnEscape={false}
    >
      <form
        className={dialog.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          proving.mutate();
        }}
      >
        <p className={dialog.text}>
          {t`Việc này quan trọng nên cần chắc chắn là bạn đang ngồi trước máy. Trong 10 phút tới bạn không phải xác nhận lại.`}
        </p>
        {byCode ? (
          <CodeInput key="code" value={given} change={setGiven} focus />
        ) : (
          <PasswordInput
            key="password"
            label={t`Mật khẩu của bạn`}
            autoComplete="current-password"
            data-autofocus
            required
            withAsterisk={false}
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t`Hiện hoặc ẩn mật khẩu` }}
          />
        )}
        {proving.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(proving.error)}
          </Alert>
        )}
        <div className={dialog.buttons}>
          <Button type="submit" loading={proving.isPending}>
            {t`Xác nhận`}
          </Button>
          <Button variant="default" disabled={proving.isPending} onClick={() => close(false)}>
            {t`Thôi`}
          </Button>
        </div>
        {security.data?.totp && (
          <Anchor
            className={dialog.link}
            component="button"
            type="button"
            size="sm"
            ta="start"
            onClick={swap}
          >
            {byCode ? t`Dùng mật khẩu` : t`Dùng mã 6 số trên điện thoại`}
          </Anchor>
        )}
      </form>
    </Modal>
  );
}
