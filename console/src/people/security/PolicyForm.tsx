import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Checkbox } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Role } from "../../api/admin";
import { useProblemText } from "../../shared/useProblemText";
import { ROLES, useRoleWords } from "../roles";
import { useChangePolicy } from "./queries";
import classes from "./SecurityPage.module.css";

/** Which roles need a second factor. */
export function PolicyForm({ now }: { now: readonly Role[] }) {
  const { t } = useLingui();
  const roles = useRoleWords();
  const problemText = useProblemText();
  const changing = useChangePolicy();
  const [chosen, setChosen] = useState<readonly Role[]>(now);
  const changed = ROLES.some((role) => chosen.includes(role) !== now.includes(role));
  return (
    <form
      className={classes.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (changed) changing.mutate([...chosen]);
      }}
    >
      <fieldset className={classes.roles}>
        <legend>{t`Vai trò phải dùng xác thực hai lớp`}</legend>
        {ROLES.map((role) => (
          <Checkbox
            key={role}
            className={classes.role}
            label={roles[role].name}
            checked={chosen.includes(role)}
            onChange={(event) => {
              changing.reset();
              setChosen(
                event.currentTarget.checked ? [...chosen, role] : chosen.filter((one) => one !== role),
              );
            }}
          />
        ))}
      </fieldset>
      <p className={classes.note}>
        {t`Ai thuộc vai trò được chọn mà chưa bật sẽ phải bật ngay, trước khi làm việc khác.`}
      </p>
      {changing.error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(changing.error)}
        </Alert>
      )}
      {changing.isSuccess && !changed && (
        <p className={classes.done} role="status">
          {t`Đã lưu.`}
        </p>
      )}
      <Button type="submit" disabled={!changed} loading={changing.isPending}>
        {t`Lưu thay đổi`}
      </Button>
    </form>
  );
}
