import { useLingui } from "@lingui/react/macro";
import { PasswordInput } from "@mantine/core";
import { IconCheck, IconPoint } from "@tabler/icons-react";
import { useId } from "react";
import classes from "./NewPassword.module.css";
import { PASSWORD_SHORTEST, type PasswordRule, passwordRules } from "./passwordRules";

type Props = {
  label: string;
  value: string;
  change: (value: string) => void;
  /** What its person signs in with, where that is known. */
  login?: string;
};

/** A password that is chosen, and below it what it needs, ticked off while one types. */
export function NewPassword({ label, value, change, login }: Props) {
  const { t } = useLingui();
  const id = useId();
  const words: Record<PasswordRule, string> = {
    length: t`Ít nhất ${PASSWORD_SHORTEST} ký tự; dấu cách và tiếng Việt có dấu đều được`,
    varied: t`Không lặp lại một hai ký tự`,
    not_login: t`Không chứa e-mail hay số điện thoại của bạn`,
  };
  return (
    <div>
      <PasswordInput
        label={label}
        autoComplete="new-password"
        aria-describedby={id}
        required
        withAsterisk={false}
        value={value}
        onChange={(event) => change(event.currentTarget.value)}
        visibilityToggleButtonProps={{ "aria-label": t`Hiện hoặc ẩn mật khẩu` }}
      />
      <ul id={id} className={classes.rules}>
        {passwordRules(value, login).map(({ rule, kept }) => (
          <li key={rule} data-kept={kept || undefined}>
            {kept ? (
              <IconCheck size={14} stroke={2} aria-label={t`Đạt`} role="img" />
            ) : (
              <IconPoint size={14} stroke={2} aria-hidden />
            )}
            {words[rule]}
          </li>
        ))}
      </ul>
    </div>
  );
}
