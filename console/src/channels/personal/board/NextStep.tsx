import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useProblemText } from "../../../shared/useProblemText";
import { useAct } from "../queries";
import { groupOf } from "../states";
import type { PersonalAccount } from "../types";
import { usePersonalRights } from "../words";
import classes from "./BoardTable.module.css";

/** The one thing that brings an account back; nothing where it runs, or where it is not this person's. */
export function NextStep({ account }: { account: PersonalAccount }) {
  const { t } = useLingui();
  const { manages, returns } = usePersonalRights();
  const act = useAct();
  const problemText = useProblemText();
  const group = groupOf(account.state);
  if (!returns(account) || group === "online" || group === "connecting") return null;
  // Who stopped it looks after all of them.
  if (account.state === "stopped" && !manages) return null;
  if (account.state === "needs_login")
    return (
      <Button
        size="compact-sm"
        variant="light"
        renderRoot={(props) => (
          <Link to="/personal-accounts/new" search={{ account: account.id }} {...props} />
        )}
      >
        {t`Quét mã lại`}
      </Button>
    );
  const refused = act.data?.refused[0]?.reason ?? (act.error ? problemText(act.error) : null);
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        loading={act.isPending}
        onClick={() =>
          act.mutate({ ids: [account.id], action: account.state === "stopped" ? "start" : "return" })
        }
      >
        {account.state === "stopped" ? t`Cho chạy lại` : t`Kết nối lại`}
      </Button>
      {refused && (
        <span role="alert" className={classes.refused} title={refused}>
          {refused}
        </span>
      )}
    </>
  );
}
