import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { PageFrame } from "../../shared/ui/PageFrame";
import { useCan } from "../session";
import { AddPersonDialog } from "./AddPersonDialog";
import { PersonDrawer } from "./PersonDrawer";
import { StaffList } from "./StaffList";
import classes from "./StaffPage.module.css";
import { TeamDialog } from "./TeamDialog";
import { TeamTree } from "./TeamTree";

/** Who works here: people by name, and the tree of branches and teams that they belong to. */
export function StaffPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { person, ...behind } = useSearch({ from: "/app/admin/staff" });
  const canRead = useCan("staff:read");
  const canManage = useCan("staff:manage");
  const canManageTeams = useCan("team:manage");
  const [adding, setAdding] = useState<"person" | "team" | null>(null);
  const teams = behind.view === "teams";
  const show = (value: string) =>
    void navigate({ to: "/staff", search: value === "teams" ? { view: "teams" } : {}, replace: true });
  return (
    <PageFrame
      title={t`Nhân viên`}
      lead={t`Ai làm việc ở đây, thuộc nhóm nào và được làm những gì.`}
      {...(canRead && {
        actions: (
          <div className={classes.actions}>
            <SegmentedControl
              className={classes.views}
              aria-label={t`Phần đang xem`}
              value={teams ? "teams" : "people"}
              onChange={show}
              data={[
                { value: "people", label: t`Mọi người` },
                { value: "teams", label: t`Chi nhánh và nhóm` },
              ]}
            />
            {teams
              ? canManageTeams && (
                  <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding("team")}>
                    {t`Thêm nhóm`}
                  </Button>
                )
              : canManage && (
                  <>
                    <Button
                      variant="default"
                      leftSection={<IconFileImport size={16} stroke={1.6} />}
                      renderRoot={(props) => <Link to="/staff/import" {...props} />}
                    >
                      {t`Nhập từ tệp`}
                    </Button>
                    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding("person")}>
                      {t`Thêm nhân viên`}
                    </Button>
                  </>
                )}
          </div>
        ),
      })}
    >
      {teams && canRead ? <TeamTree /> : <StaffList />}
      {person !== undefined && (
        <PersonDrawer
          key={person}
          staffId={person}
          close={() => void navigate({ to: "/staff", search: behind, replace: true })}
        />
      )}
      {adding === "person" && <AddPersonDialog close={() => setAdding(null)} />}
      {adding === "team" && <TeamDialog close={() => setAdding(null)} />}
    </PageFrame>
  );
}
