import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, call } from "../api/client";
import { Problem } from "../api/problem";
import { useProblemText } from "../shared/useProblemText";
import { useTitle } from "../shared/useTitle";
import { GatePage } from "./GatePage";
import classes from "./GatePage.module.css";
import { SignInCode } from "./SignInCode";
import { sessionQuery, setupQuery } from "./session";

const slugOf = (error: unknown) => (error instanceof Problem ? error.slug : "");

/** Login and password; then, for whom it is set up, the second factor. */
export function SignInPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  const problemText = useProblemText();
  const setup = useQuery(setupQuery);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [asksCode, setAsksCode] = useState(false);
  useTitle(t`Đăng nhập`);
  const signIn = useMutation({
    mutationFn: (code: string | null) =>
      call(api.POST("/api/session", { body: { login: login.trim(), password, ...(code && { code }) } })),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, me);
      router.history.replace(next ?? "/");
    },
    onError: (error) => {
      if (slugOf(error) === "second-factor-needed") setAsksCode(true);
      // A refused code, too many of them or a broken line are of this step; the rest begins anew.
      else if (slugOf(error) === "sign-in-failed" || !asksCode) restart();
    },
  });
  const restart = () => {
    setAsksCode(false);
    setPassword("");
  };
  const error = signIn.error && slugOf(signIn.error) !== "second-factor-needed" ? signIn.error : null;
  const alert = error && (
    <Alert color="red" variant="light" role="alert">
      {problemText(error)}
    </Alert>
  );
  if (asksCode)
    return (
      <GatePage title={t`Xác thực hai lớp`}>
        <SignInCode
          busy={signIn.isPending}
          refusal={alert}
          send={(code) => signIn.mutateAsync(code)}
          back={() => {
            signIn.reset();
            restart();
          }}
        />
      </GatePage>
    );
  return (
    <GatePage title={t`Đăng nhập`}>
      {setup.data?.needs_owner && (
        <Alert color="brand" variant="light" mb="md">
          <Trans>
            Hệ thống chưa có chủ. Hãy{" "}
            <Anchor inherit underline="always" renderRoot={(props) => <Link to="/setup" {...props} />}>
              tạo tài khoản chủ
            </Anchor>{" "}
            trước.
          </Trans>
        </Alert>
      )}
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          signIn.mutate(null);
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t`E-mail hoặc số điện thoại`}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
          />
          <PasswordInput
            label={t`Mật khẩu`}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t`Hiện hoặc ẩn mật khẩu` }}
          />
          {alert}
          <Button type="submit" size="md" loading={signIn.isPending}>
            {t`Đăng nhập`}
          </Button>
          <Anchor
            className={classes.link}
            size="sm"
            ta="center"
            renderRoot={(props) => <Link to="/password-reset" {...props} />}
          >
            {t`Quên mật khẩu?`}
          </Anchor>
        </Stack>
      </form>
    </GatePage>
  );
}
