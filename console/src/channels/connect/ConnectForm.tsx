import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import type { FormEvent } from "react";
import type { Secrets } from "../queries";
import classes from "./ConnectPage.module.css";

type Props = { secrets: Secrets; change: (secrets: Secrets) => void; busy: boolean; submit: () => void };

export function ConnectForm({ secrets, change, busy, submit }: Props) {
  const { t } = useLingui();
  const field = (name: keyof Secrets) => ({
    value: secrets[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      change({ ...secrets, [name]: event.currentTarget.value }),
    required: true,
    withAsterisk: false,
    autoComplete: "off",
  });
  const eye = { "aria-label": t`Hiện hoặc ẩn khóa bí mật` };
  return (
    <form
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t`ID ứng dụng`}
        description={t`Dãy số ở đầu trang ứng dụng.`}
        inputMode="numeric"
        {...field("app_id")}
      />
      <PasswordInput
        label={t`Khóa bí mật của ứng dụng`}
        description={t`Trang Cài đặt của ứng dụng.`}
        visibilityToggleButtonProps={eye}
        {...field("app_secret")}
      />
      <PasswordInput
        label={t`Khóa bí mật của OA`}
        description={t`Trang Webhook của ứng dụng, mục OA Secret Key. Khác với khóa bí mật của ứng dụng.`}
        visibilityToggleButtonProps={eye}
        {...field("oa_secret")}
      />
      <Button type="submit" className={classes.submit} loading={busy}>
        {t`Tiếp tục`}
      </Button>
    </form>
  );
}
