import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useIsPhone } from "../../shared/breakpoints";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import dialog from "./Dialog.module.css";
import { PasswordShown } from "./PasswordShown";
import { PersonFields, type PersonValues } from "./PersonFields";
import { useAddPerson } from "./queries";

const EMPTY: PersonValues = { name: "", role: "staff", teams: [] };

/** Two steps: who it is, then the password that the server made, which nobody can read again. */
export function AddPersonDialog({ close }: { close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const phone = useIsPhone();
  useReturnFocus();
  const problemText = useProblemText();
  const adding = useAddPerson();
  const [values, setValues] = useState(EMPTY);
  const [login, setLogin] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate({ ...values, name: values.name.trim(), login: login.trim() });
  };
  if (adding.data)
    return <PasswordShown member={adding.data.member} password={adding.data.password} close={close} first />;
  return (
    <Modal
      opened
      onClose={close}
      title={t`Thêm nhân viên`}
      size={520}
      fullScreen={phone}
      closeButtonProps={closeButton}
    >
      <form className={dialog.form} onSubmit={submit}>
        <PersonFields values={values} change={setValues} focus>
          <TextInput
            label={t`E-mail hoặc số điện thoại`}
            description={t`Dùng để đăng nhập.`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            required
            withAsterisk={false}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
        </PersonFields>
        {adding.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(adding.error)}
          </Alert>
        )}
        <div className={dialog.foot}>
          <Button
            type="submit"
            className={dialog.submit}
            disabled={values.name.trim() === "" || login.trim() === ""}
            loading={adding.isPending}
          >
            {t`Thêm nhân viên`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
