import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { StaffMember, StaffTeam } from "../../api/admin";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./PersonDrawer.module.css";
import { PersonFields, type PersonValues } from "./PersonFields";
import { type PersonChange, useChangePerson } from "./queries";

function ofMember({ name, role, teams }: StaffMember): PersonValues {
  return { name, role, teams: teams.map(({ team_id, leads }) => ({ team_id, leads })) };
}

function key(teams: readonly StaffTeam[]): string {
  return teams
    .map(({ team_id, leads }) => `${team_id}${leads ? "+" : ""}`)
    .sort()
    .join();
}

/** Only what was changed is sent: what a colleague changes at the same time stays. */
export function EditPersonForm({ member }: { member: StaffMember }) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const saving = useChangePerson(member.id);
  const before = ofMember(member);
  const [values, setValues] = useState(before);
  const change: PersonChange = {
    ...(values.name.trim() !== before.name && { name: values.name.trim() }),
    ...(values.role !== before.role && { role: values.role }),
    ...(key(values.teams) !== key(before.teams) && { teams: values.teams }),
  };
  const changed = Object.keys(change).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed) saving.mutate(change);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <PersonFields values={values} change={setValues} />
      {saving.error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(saving.error)}
        </Alert>
      )}
      {changed && (
        <div className={classes.buttons}>
          <Button type="submit" disabled={values.name.trim() === ""} loading={saving.isPending}>
            {t`Lưu thay đổi`}
          </Button>
          <Button
            variant="default"
            disabled={saving.isPending}
            onClick={() => {
              saving.reset();
              setValues(before);
            }}
          >
            {t`Bỏ thay đổi`}
          </Button>
        </div>
      )}
    </form>
  );
}
