import { useLingui } from "@lingui/react/macro";
import { Alert, Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { NewPassword } from "../joining/NewPassword";
import { passwordRules } from "../joining/passwordRules";
import { useMe } from "../session";
import classes from "./AccountPage.module.css";
import { useChangePassword } from "./queries";

export function PasswordSection() {
  const { t } = useLingui();
  const me = useMe();
  const problemText = useProblemText();
  const changing = useChangePassword();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const login = me.email ?? me.phone ?? "";
  const ready = current !== "" && passwordRules(password, login).every((one) => one.kept);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    changing.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent("");
          setPassword("");
        },
        onError: () => setCurrent(""),
      },
    );
  };
  return (
    <Section title={t`Mật khẩu`} lead={t`Đổi xong, bạn bị đăng xuất khỏi các máy khác.`}>
      <form className={classes.form} onSubmit={submit}>
        <input type="text" hidden readOnly autoComplete="username" value={login} />
        <PasswordInput
          label={t`Mật khẩu hiện tại`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t`Hiện hoặc ẩn mật khẩu` }}
        />
        <NewPassword label={t`Mật khẩu mới`} value={password} change={setPassword} login={login} />
        {changing.error && (
          <Alert color="red" variant="light" role="alert">
            {problemText(changing.error)}
          </Alert>
        )}
        {changing.isSuccess && (
          <p className={classes.done} role="status">
            {t`Đã đổi mật khẩu.`}
          </p>
        )}
        <Button type="submit" disabled={!ready} loading={changing.isPending}>
          {t`Đổi mật khẩu`}
        </Button>
      </form>
    </Section>
  );
}
