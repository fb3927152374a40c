import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { type ReactNode, useId } from "react";
import type { Role, StaffTeam } from "../../api/admin";
import { ROLES, useRoleWords } from "../roles";
import classes from "./PersonFields.module.css";
import { TeamPicker } from "./TeamPicker";

export type PersonValues = { name: string; role: Role; teams: StaffTeam[] };

type Props = {
  values: PersonValues;
  change: (values: PersonValues) => void;
  /** What a form asks between name and role. */
  children?: ReactNode;
  focus?: boolean;
};

export function PersonFields({ values, change, children, focus = false }: Props) {
  const { t } = useLingui();
  const roles = useRoleWords();
  const group = useId();
  return (
    <>
      <TextInput
        label={t`Họ và tên`}
        autoComplete="off"
        maxLength={100}
        required
        withAsterisk={false}
        {...(focus && { "data-autofocus": true })}
        value={values.name}
        onChange={(event) => change({ ...values, name: event.currentTarget.value })}
      />
      {children}
      <fieldset className={classes.group}>
        <legend className={classes.legend}>{t`Vai trò`}</legend>
        {ROLES.map((role) => (
          <label key={role} className={classes.choice} data-chosen={values.role === role || undefined}>
            <input
              type="radio"
              name={group}
              checked={values.role === role}
              aria-labelledby={`${group}-${role}-name`}
              aria-describedby={`${group}-${role}`}
              onChange={() => change({ ...values, role })}
            />
            <span>
              <span id={`${group}-${role}-name`} className={classes.label}>
                {roles[role].name}
              </span>
              <span id={`${group}-${role}`} className={classes.hint}>
                {roles[role].hint}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <TeamPicker
        chosen={values.teams}
        canLead={values.role === "lead"}
        choose={(teams) => change({ ...values, teams })}
      />
    </>
  );
}
