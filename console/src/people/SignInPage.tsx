import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, call } from "../api/client";
import { useProblemText } from "../shared/useProblemText";
import { useTitle } from "../shared/useTitle";
import { GatePage } from "./GatePage";
import { sessionQuery, setupQuery } from "./session";

export function SignInPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  const problemText = useProblemText();
  const setup = useQuery(setupQuery);
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  useTitle(t`Đăng nhập`);
  const signIn = useMutation({
    mutationFn: () => call(api.POST("/api/session", { body: { login: login.trim(), password } })),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, me);
      router.history.replace(next ?? "/");
    },
    onError: () => setPassword(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
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
      <form onSubmit={submit}>
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
          {signIn.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(signIn.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={signIn.isPending}>
            {t`Đăng nhập`}
          </Button>
        </Stack>
      </form>
    </GatePage>
  );
}
