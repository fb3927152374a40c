import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useIsPhone } from "../../shared/breakpoints";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import dialog from "../../shared/ui/Dialog.module.css";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { useProblemText } from "../../shared/useProblemText";
import { LinkShown } from "./LinkShown";
import { PasswordShown } from "./PasswordShown";
import { PersonFields, type PersonValues } from "./PersonFields";
import { useAddPerson, useInvite } from "./queries";

const EMPTY: PersonValues = { name: "", role: "staff", teams: [] };

/** Two steps: who it is, then their link or the password that the server made, which nobody can read again. */
export function AddPersonDialog({ close }: { close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const phone = useIsPhone();
  useReturnFocus();
  const problemText = useProblemText();
  const inviting = useInvite();
  const withPassword = useAddPerson();
  const [way, setWay] = useState<"link" | "password">("link");
  const adding = way === "link" ? inviting : withPassword;
  const [values, setValues] = useState(EMPTY);
  const [login, setLogin] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    adding.mutate({ ...values, name: values.name.trim(), login: login.trim() });
  };
  if (inviting.data) {
    const { member, link, mailed } = inviting.data;
    return (
      <LinkShown title={t`Đã mời ${member.name}`} member={member} link={link} mailed={mailed} close={close} />
    );
  }
  if (withPassword.data) {
    const { member, password } = withPassword.data;
    return <PasswordShown member={member} password={password} close={close} first />;
  }
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
        <div>
          <p className={dialog.label}>{t`Người này vào bằng cách nào?`}</p>
          <SegmentedControl
            fullWidth
            size="md"
            aria-label={t`Người này vào bằng cách nào?`}
            value={way}
            onChange={(value) => setWay(value as typeof way)}
            data={[
              { value: "link", label: t`Gửi lời mời` },
              { value: "password", label: t`Tạo sẵn mật khẩu` },
            ]}
          />
          <p className={dialog.hint}>
            {way === "link"
              ? t`Họ mở đường dẫn và tự đặt mật khẩu trong 7 ngày.`
              : t`Hệ thống tạo mật khẩu, bạn gửi riêng cho họ.`}
          </p>
        </div>
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
            {way === "link" ? t`Mời` : t`Thêm nhân viên`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
