import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import classes from "./CodeInput.module.css";

const DIGITS = 6;

type Props = { value: string; change: (value: string) => void; focus?: boolean };

/** The six digits of an authenticator app; blanks that came with them are dropped. */
export function CodeInput({ value, change, focus = false }: Props) {
  const { t } = useLingui();
  return (
    <TextInput
      classNames={{ input: classes.digits }}
      label={t`Mã 6 số`}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      pattern="[0-9]{6}"
      autoFocus={focus}
      data-autofocus={focus || undefined}
      required
      withAsterisk={false}
      value={value}
      onChange={(event) => change(event.currentTarget.value.replace(/\D/g, "").slice(0, DIGITS))}
    />
  );
}
