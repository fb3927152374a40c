import { useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, Skeleton, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, call } from "../../api/client";
import { useProblemText } from "../../shared/useProblemText";
import { useTitle } from "../../shared/useTitle";
import { GatePage } from "../GatePage";
import classes from "../GatePage.module.css";
import { NewPassword } from "./NewPassword";
import { passwordRules } from "./passwordRules";

/** A forgotten password: without a link the way to one, with it the new password. */
export function PasswordResetPage() {
  const { token } = useSearch({ from: "/password-reset" });
  return token ? <Choose token={token} /> : <AskForLink />;
}

function BackToSignIn() {
  const { t } = useLingui();
  return (
    <Anchor
      className={classes.link}
      size="sm"
      ta="center"
      renderRoot={(props) => <Link to="/sign-in" {...props} />}
    >
      {t`Về trang đăng nhập`}
    </Anchor>
  );
}

function AskForLink() {
  const { t } = useLingui();
  const problemText = useProblemText();
  const [login, setLogin] = useState("");
  const state = useQuery({
    queryKey: ["password-reset"],
    queryFn: ({ signal }) => call(api.GET("/api/password-reset", { signal })),
  });
  const asking = useMutation({
    mutationFn: () => call(api.POST("/api/password-reset", { body: { login: login.trim() } })),
  });
  useTitle(t`Quên mật khẩu`);
  return (
    <GatePage title={t`Quên mật khẩu`}>
      {state.isPending && <Skeleton height={120} />}
      {state.isError && (
        <Alert color="red" variant="light" role="alert" mb="md">
          {problemText(state.error)}
        </Alert>
      )}
      {state.data && !state.data.by_mail && (
        <p className={classes.intro}>
          {t`Hãy nhờ người quản trị của công ty tạo cho bạn một đường dẫn đặt lại mật khẩu.`}
        </p>
      )}
      {state.data?.by_mail && asking.isSuccess && (
        <p className={classes.intro} role="status">
          {t`Nếu địa chỉ này thuộc về một người ở đây, thư có đường dẫn đang được gửi. Thư dùng được trong một giờ. Chưa thấy thư, hãy tìm trong mục thư rác hoặc hỏi người quản trị.`}
        </p>
      )}
      {state.data?.by_mail && !asking.isSuccess && (
        <form
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            asking.mutate();
          }}
        >
          <p className={classes.intro}>
            {t`Nhập e-mail của bạn để nhận đường dẫn đặt lại mật khẩu. Nếu bạn đăng nhập bằng số điện thoại, hãy hỏi người quản trị.`}
          </p>
          <Stack gap="md">
            <TextInput
              label={t`E-mail`}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
              required
              withAsterisk={false}
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
            />
            {asking.error && (
              <Alert color="red" variant="light" role="alert">
                {problemText(asking.error)}
              </Alert>
            )}
            <Button type="submit" size="md" loading={asking.isPending}>
              {t`Gửi đường dẫn`}
            </Button>
          </Stack>
        </form>
      )}
      <Stack mt="md">
        <BackToSignIn />
      </Stack>
    </GatePage>
  );
}

function Choose({ token }: { token: string }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const [password, setPassword] = useState("");
  const choosing = useMutation({
    mutationFn: () => call(api.POST("/api/password-reset/confirm", { body: { token, password } })),
  });
  const ready = passwordRules(password).every((one) => one.kept);
  useTitle(t`Đặt lại mật khẩu`);
  if (choosing.isSuccess)
    return (
      <GatePage title={t`Đã đặt mật khẩu mới`}>
        <p className={classes.intro}>{t`Bạn đã được đăng xuất khỏi mọi máy. Hãy đăng nhập lại.`}</p>
        <Button fullWidth size="md" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t`Tới trang đăng nhập`}
        </Button>
      </GatePage>
    );
  return (
    <GatePage title={t`Đặt lại mật khẩu`}>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (ready) choosing.mutate();
        }}
      >
        <Stack gap="md">
          <NewPassword label={t`Mật khẩu mới`} value={password} change={setPassword} />
          {choosing.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(choosing.error)}
            </Alert>
          )}
          <Button type="submit" size="md" disabled={!ready} loading={choosing.isPending}>
            {t`Đặt mật khẩu`}
          </Button>
          <BackToSignIn />
        </Stack>
      </form>
    </GatePage>
  );
}
