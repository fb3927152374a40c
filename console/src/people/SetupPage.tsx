import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Anchor, Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, call } from "../api/client";
import { useProblemText } from "../shared/useProblemText";
import { useTitle } from "../shared/useTitle";
import { GatePage } from "./GatePage";
import classes from "./GatePage.module.css";
import { sessionQuery, setupQuery } from "./session";

const EMPTY = { name: "", login: "", password: "" };

/** The first person of a new system. The code in the link proves that they can reach the machine. */
export function SetupPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const router = useRouter();
  const search = useSearch({ from: "/setup" });
  const problemText = useProblemText();
  const setup = useQuery(setupQuery);
  const [token, setToken] = useState(search.token ?? "");
  const [form, setForm] = useState(EMPTY);
  useTitle(t`Tạo tài khoản chủ`);
  const create = useMutation({
    mutationFn: () =>
      call(
        api.POST("/api/setup", {
          body: {
            token: token.trim(),
            name: form.name.trim(),
            login: form.login.trim(),
            password: form.password,
          },
        }),
      ),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, me);
      client.setQueryData(setupQuery.queryKey, { needs_owner: false });
      router.history.replace("/");
    },
  });
  const field = (name: keyof typeof EMPTY) => ({
    value: form[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((before) => ({ ...before, [name]: value }));
    },
    required: true,
    withAsterisk: false,
  });
  if (setup.data && !setup.data.needs_owner) {
    return (
      <GatePage title={t`Hệ thống đã có chủ`}>
        <p className={classes.intro}>{t`Tài khoản chủ đã được tạo. Hãy đăng nhập bằng tài khoản đó.`}</p>
        <Button fullWidth size="md" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t`Tới trang đăng nhập`}
        </Button>
      </GatePage>
    );
  }
  return (
    <GatePage title={t`Tạo tài khoản chủ`}>
      <p className={classes.intro}>
        <Trans>Người này có mọi quyền quản trị. Mật khẩu cần ít nhất 10 ký tự.</Trans>
      </p>
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <Stack gap="md">
          {!search.token && (
            <TextInput
              label={t`Mã thiết lập`}
              description={t`Lệnh sokhach run in ra mã này khi hệ thống chưa có chủ.`}
              autoComplete="off"
              required
              withAsterisk={false}
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
            />
          )}
          <TextInput label={t`Họ và tên`} autoComplete="name" autoFocus {...field("name")} />
          <TextInput
            label={t`E-mail hoặc số điện thoại`}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            {...field("login")}
          />
          <PasswordInput
            label={t`Mật khẩu`}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": t`Hiện hoặc ẩn mật khẩu` }}
            {...field("password")}
          />
          <p className={classes.told}>
            {t`Hội thoại với khách qua các tài khoản của công ty được lưu lại (Luật số 91/2025/QH15). Tạo tài khoản là bạn xác nhận đã biết điều này.`}
          </p>
          {create.error && (
            <Alert color="red" variant="light" role="alert">
              {problemText(create.error)}
            </Alert>
          )}
          <Button type="submit" size="md" loading={create.isPending}>
            {t`Tạo và đăng nhập`}
          </Button>
          <Anchor size="sm" ta="center" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
            {t`Đã có tài khoản? Đăng nhập`}
          </Anchor>
        </Stack>
      </form>
    </GatePage>
  );
}
