import { useLingui } from "@lingui/react/macro";
import { IconShieldCheck } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import type { StaffMember } from "../../api/admin";
import { Face } from "../../shared/ui/Face";
import { useRoleWords } from "../roles";
import { useMe } from "../session";
import classes from "./StaffRow.module.css";
import { useSeenWords } from "./words";

/** A line of the table; on a phone a card. The whole of it leads to the person. */
export function StaffRow({ member }: { member: StaffMember }) {
  const { t } = useLingui();
  const me = useMe();
  const filters = useSearch({ from: "/app/admin/staff" });
  const roles = useRoleWords();
  const seen = useSeenWords()(member);
  const suspended = member.suspended_at !== null;
  const invited = member.invited && !suspended;
  const unconfirmed = !member.invited && !suspended && member.recording_confirmed_at === null;
  const teams = member.teams.map(({ name, leads }) =>
    leads && member.role === "lead" ? t`${name} (trưởng nhóm)` : name,
  );
  return (
    <article className={classes.row} data-suspended={suspended || undefined}>
      <Face name={member.name} size={40} />
      <div className={classes.who}>
        <h2 className={classes.name}>
          <Link to="/staff" search={{ ...filters, person: member.id }}>
            {member.name}
          </Link>
          {member.totp && (
            <IconShieldCheck
              className={classes.factor}
              size={14}
              stroke={1.75}
              role="img"
              aria-label={t`Có xác thực hai lớp`}
            />
          )}
          {member.id === me.id && <span className={classes.me}>{t`(bạn)`}</span>}
        </h2>
        <p className={classes.login}>{[member.code, member.email ?? member.phone].join(" · ")}</p>
      </div>
      <p className={classes.role}>
        <span data-role={member.role}>{roles[member.role].name}</span>
      </p>
      <p className={classes.teams}>{teams.length > 0 ? teams.join(", ") : t`Chưa vào nhóm nào`}</p>
      <p className={classes.seen} data-here={seen.here || undefined} data-invited={invited || undefined}>
        {seen.text}
        {unconfirmed && <span className={classes.lacks}>{t`Chưa xác nhận lưu hội thoại`}</span>}
      </p>
    </article>
  );
}
