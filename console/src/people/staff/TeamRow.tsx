import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import { IconBuildingStore, IconDots, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import type { Team } from "../../api/admin";
import classes from "./TeamTree.module.css";

type Props = { team: Team; ask?: (what: "edit" | "add" | "remove") => void };

export function TeamRow({ team, ask }: Props) {
  const { t } = useLingui();
  const { name, kind } = team;
  const Icon = kind === "branch" ? IconBuildingStore : IconUsers;
  const leads = team.leads.map((lead) => lead.name).join(", ");
  const kindName = kind === "branch" ? t`Chi nhánh` : t`Nhóm`;
  const people = t`${plural(team.member_count, { one: "# người", other: "# người" })}`;
  return (
    <div className={classes.row} style={{ "--depth": team.depth } as CSSProperties}>
      <span className={classes.icon} aria-hidden>
        <Icon size={18} stroke={1.6} />
      </span>
      <div className={classes.words}>
        <h2 className={classes.name}>{name}</h2>
        <p className={classes.leads}>
          {leads ? t`${kindName} · Trưởng nhóm: ${leads}` : t`${kindName} · Chưa có trưởng nhóm`}
        </p>
      </div>
      <Link
        to="/staff"
        search={{ team: team.id }}
        className={classes.count}
        aria-label={t`${people} của ${name}`}
      >
        {people}
      </Link>
      {ask && (
        <Menu position="bottom-end" width={224}>
          <Menu.Target>
            <ActionIcon
              className={classes.more}
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t`Thao tác với ${name}`}
            >
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item className={classes.item} onClick={() => ask("edit")}>
              {t`Đổi tên hoặc chuyển`}
            </Menu.Item>
            <Menu.Item className={classes.item} onClick={() => ask("add")}>
              {t`Thêm nhóm bên trong`}
            </Menu.Item>
            <Menu.Item
              className={classes.item}
              data-danger={team.empty || undefined}
              disabled={!team.empty}
              onClick={() => ask("remove")}
            >
              {team.empty ? t`Xóa` : t`Xóa (khi không còn ai)`}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
