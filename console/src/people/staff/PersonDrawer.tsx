import { useLingui } from "@lingui/react/macro";
import { Drawer, Skeleton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { StaffMember } from "../../api/admin";
import { useIsPhone } from "../../shared/breakpoints";
import { useReturnFocus } from "../../shared/keyboard/useReturnFocus";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Face } from "../../shared/ui/Face";
import { Fact, Facts } from "../../shared/ui/Facts";
import { useCloseButton } from "../../shared/ui/useCloseButton";
import { DeviceList } from "../account/DeviceList";
import { useRoleWords } from "../roles";
import { useCan } from "../session";
import { EditPersonForm } from "./EditPersonForm";
import { PersonActions } from "./PersonActions";
import classes from "./PersonDrawer.module.css";
import { PersonInvitation } from "./PersonInvitation";
import { staffMemberQuery } from "./queries";
import { useSeenWords } from "./words";

/** One person: who they are to everybody who may look; what they may do, for administrators to change. */
export function PersonDrawer({ staffId, close }: { staffId: number; close: () => void }) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const phone = useIsPhone();
  const query = useQuery(staffMemberQuery(useQueryClient(), staffId));
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={phone ? "100%" : 440}
      title={t`Nhân viên`}
      closeButtonProps={closeButton}
    >
      {query.isPending && <Skeleton height={320} />}
      {query.isError && !query.data && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {query.data && <Person member={query.data} />}
    </Drawer>
  );
}

function Person({ member }: { member: StaffMember }) {
  const { t } = useLingui();
  const dates = useDates();
  const roles = useRoleWords();
  const seen = useSeenWords()(member);
  const canManage = useCan("staff:manage");
  return (
    <div className={classes.person}>
      <div className={classes.head}>
        <Face name={member.name} size={56} />
        <div className={classes.who}>
          <p className={classes.name}>{member.name}</p>
          <p className={classes.code}>
            {member.code}
            <span aria-hidden>{" · "}</span>
            {roles[member.role].name}
          </p>
        </div>
      </div>
      <Facts>
        {member.email && <Fact name={t`E-mail`}>{member.email}</Fact>}
        {member.phone && <Fact name={t`Điện thoại`}>{member.phone}</Fact>}
        <Fact name={member.suspended_at ? t`Trạng thái` : t`Hoạt động`}>{seen.text}</Fact>
        {!member.suspended_at && (
          <>
            <Fact name={t`Xác thực hai lớp`}>{member.totp ? t`Đang bật` : t`Chưa bật`}</Fact>
            <Fact name={t`Xác nhận lưu hội thoại`}>
              {member.recording_confirmed_at ? dates.date(member.recording_confirmed_at) : t`Chưa xác nhận`}
            </Fact>
          </>
        )}
        <Fact name={t`Thêm vào sổ`}>{dates.date(member.created_at)}</Fact>
      </Facts>
      {canManage ? (
        <>
          {member.invited && !member.suspended_at && <PersonInvitation member={member} />}
          <EditPersonForm
            // What somebody else changed meanwhile is where one goes on from.
            key={JSON.stringify([member.name, member.role, member.teams])}
            member={member}
          />
          <PersonActions member={member} />
          <section className={classes.part}>
            <h3 className={classes.title}>{t`Máy đang đăng nhập`}</h3>
            <DeviceList staffId={member.id} />
          </section>
        </>
      ) : (
        <section className={classes.part}>
          <h3 className={classes.title}>{t`Nhóm`}</h3>
          {member.teams.length === 0 && <p className={classes.note}>{t`Chưa vào nhóm nào`}</p>}
          <ul className={classes.teams}>
            {member.teams.map(({ team_id, name, leads }) => (
              <li key={team_id}>{leads && member.role === "lead" ? t`${name} (trưởng nhóm)` : name}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
