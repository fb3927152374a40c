import { useLingui } from "@lingui/react/macro";
import { Anchor, Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { CodeInput } from "./account/CodeInput";
import classes from "./GatePage.module.css";

type Props = {
  busy: boolean;
  refusal: ReactNode;
  send: (code: string) => Promise<unknown>;
  back: () => void;
};

/** The second step of signing in: six digits, or a recovery code where the phone is not at hand. */
export function SignInCode({ busy, refusal, send, back }: Props) {
  const { t } = useLingui();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(code.trim()).catch(() => setCode(""));
  };
  const swap = () => {
    setRecovery(!recovery);
    setCode("");
  };
  return (
    <form onSubmit={submit}>
      <p className={classes.intro}>
        {recovery
          ? t`Nhập một trong các mã dự phòng mà bạn đã cất. Mỗi mã dùng được một lần.`
          : t`Mở ứng dụng xác thực trên điện thoại và nhập mã 6 số của Sổ Khách.`}
      </p>
      <Stack gap="md">
        {recovery ? (
          <TextInput
            key="recovery"
            label={t`Mã dự phòng`}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
            maxLength={100}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
        ) : (
          <CodeInput key="code" value={code} change={setCode} focus />
        )}
        {refusal}
        <Button type="submit" size="md" loading={busy}>
          {t`Xác nhận`}
        </Button>
        <Anchor
          className={classes.link}
          component="button"
          type="button"
          size="sm"
          ta="center"
          onClick={swap}
        >
          {recovery ? t`Dùng mã 6 số` : t`Dùng mã dự phòng`}
        </Anchor>
        <Anchor
          className={classes.link}
          component="button"
          type="button"
          size="sm"
          ta="center"
          onClick={back}
        >
          {t`Đăng nhập bằng tài khoản khác`}
        </Anchor>
      </Stack>
    </form>
  );
}
