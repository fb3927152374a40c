import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import type { StaffTeam, Team } from "../../api/admin";
import { useProblemText } from "../../shared/useProblemText";
import classes from "./PersonFields.module.css";
import { teamsQuery } from "./queries";

type Props = { chosen: readonly StaffTeam[]; canLead: boolean; choose: (teams: StaffTeam[]) => void };

/** Which teams somebody belongs to. Whom they lead is asked of leads only: with another role it would say nothing. */
export function TeamPicker({ chosen, canLead, choose }: Props) {
  const { t } = useLingui();
  const problemText = useProblemText();
  const query = useQuery(teamsQuery);
  const teams = query.data?.items;
  const of = (team: Team) => chosen.find((one) => one.team_id === team.id);
  const others = (team: Team) => chosen.filter((one) => one.team_id !== team.id);
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{t`Chi nhánh và nhóm`}</legend>
      {query.isPending && <Skeleton height={80} />}
      {query.isError && !teams && (
        <p className={classes.none} role="alert">
          {problemText(query.error)}
        </p>
      )}
      {teams?.length === 0 && <p className={classes.none}>{t`Chưa có chi nhánh hay nhóm nào.`}</p>}
      {teams && teams.length > 0 && (
        <ul className={classes.tree}>
          {teams.map((team) => {
            const { id, name, depth } = team;
            const now = of(team);
            return (
              <li key={id} className={classes.team} style={{ "--depth": depth } as CSSProperties}>
                <label className={classes.check}>
                  <input
                    type="checkbox"
                    checked={now !== undefined}
                    onChange={(event) =>
                      choose(
                        event.currentTarget.checked
                          ? [...chosen, { team_id: id, leads: canLead }]
                          : others(team),
                      )
                    }
                  />
                  {name}
                </label>
                {canLead && now && (
                  <label className={classes.leads}>
                    <input
                      type="checkbox"
                      aria-label={t`Dẫn dắt ${name}`}
                      checked={now.leads}
                      onChange={(event) =>
                        choose([...others(team), { team_id: id, leads: event.currentTarget.checked }])
                      }
                    />
                    {t`Dẫn dắt`}
                  </label>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </fieldset>
  );
}
