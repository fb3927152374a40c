import { useLingui } from "@lingui/react/macro";
import { IconSitemap } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Team } from "../../api/admin";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useCan } from "../session";
import { teamsQuery, useTeamWork } from "./queries";
import { TeamDialog } from "./TeamDialog";
import { TeamRow } from "./TeamRow";

type Asked = { what: "edit" | "add" | "remove"; team: Team };

export function TeamTree() {
  const { t } = useLingui();
  const query = useQuery(teamsQuery);
  const canManage = useCan("team:manage");
  const [asked, setAsked] = useState<Asked | null>(null);
  const teams = query.data?.items;
  const close = () => setAsked(null);
  return (
    <>
      {query.isPending && <RowsSkeleton label={t`Đang tải chi nhánh và nhóm`} count={3} height={56} />}
      {query.isError && !teams && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {teams?.length === 0 && (
        <StatePanel icon={IconSitemap} title={t`Chưa có chi nhánh hay nhóm nào`}>
          {canManage
            ? t`Thêm chi nhánh, rồi thêm các nhóm bên trong. Trưởng nhóm thấy hội thoại của người trong nhóm mình và các nhóm bên dưới.`
            : t`Hãy nhờ quản trị thêm chi nhánh và nhóm.`}
        </StatePanel>
      )}
      {teams && teams.length > 0 && (
        <Rows>
          {teams.map((team) => (
            <li key={team.id}>
              <TeamRow team={team} {...(canManage && { ask: (what) => setAsked({ what, team }) })} />
            </li>
          ))}
        </Rows>
      )}
      {asked?.what === "edit" && <TeamDialog team={asked.team} close={close} />}
      {asked?.what === "add" && <TeamDialog parent={asked.team} close={close} />}
      {asked?.what === "remove" && <Removal team={asked.team} close={close} />}
    </>
  );
}

function Removal({ team, close }: { team: Team; close: () => void }) {
  const { t } = useLingui();
  const work = useTeamWork();
  const { name } = team;
  return (
    <ConfirmDialog
      title={t`Xóa ${name}`}
      text={t`Không còn ai và không còn nhóm nào bên trong. Xóa rồi không lấy lại được.`}
      action={t`Xóa`}
      danger
      busy={work.isPending}
      error={work.error}
      confirm={() => work.mutate({ remove: team.id }, { onSuccess: close })}
      close={close}
    />
  );
}
