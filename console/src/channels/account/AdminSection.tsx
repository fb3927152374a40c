import { useLingui } from "@lingui/react/macro";
import { NativeSelect, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChannelAdmin, Colleague } from "../../api/admin";
import { useDates } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Nothing, Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { channelAdminsQuery, staffQuery, useNameAdmin } from "../queries";
import classes from "./AdminSection.module.css";

/** Zalo tells only a number of who answers with its own tools; who that is, an administrator says here. */
export function AdminSection({ accountId }: { accountId: number }) {
  const { t } = useLingui();
  const admins = useQuery(channelAdminsQuery(accountId));
  const staff = useQuery(staffQuery);
  const failed = admins.data ? (staff.data ? null : staff) : admins;
  return (
    <Section
      title={t`Người trả lời bằng công cụ Zalo`}
      lead={t`Zalo chỉ cho biết mã số. Chọn đúng người để tin nhắn mang tên họ và lượt trả lời từ nay tính cho họ.`}
    >
      {failed?.isPending && <Skeleton height={64} />}
      {failed?.isError && <ErrorPanel error={failed.error} retry={() => void failed.refetch()} />}
      {admins.data && staff.data && (
        <Admins accountId={accountId} admins={admins.data.items} staff={staff.data.items} />
      )}
    </Section>
  );
}

type AdminsProps = { accountId: number; admins: readonly ChannelAdmin[]; staff: readonly Colleague[] };

function Admins({ accountId, admins, staff }: AdminsProps) {
  const { t } = useLingui();
  if (admins.length === 0) return <Nothing>{t`Chưa ai trả lời bằng công cụ của Zalo.`}</Nothing>;
  return (
    <ul className={classes.admins}>
      {admins.map((admin) => (
        <li key={admin.external_id}>
          <AdminRow accountId={accountId} admin={admin} staff={staff} />
        </li>
      ))}
    </ul>
  );
}

type RowProps = { accountId: number; admin: ChannelAdmin; staff: readonly Colleague[] };

function AdminRow({ accountId, admin, staff }: RowProps) {
  const { t } = useLingui();
  const dates = useDates();
  const problemText = useProblemText();
  const name = useNameAdmin(accountId);
  const [first, last] = [dates.dateTime(admin.first_seen_at), dates.dateTime(admin.last_seen_at)];
  const chosen = name.isPending ? name.variables.staffId : admin.staff_id;
  const people = staff.map((one) => ({ value: `${one.id}`, label: `${one.name} · ${one.code}` }));
  // Who left the company keeps what they wrote.
  if (admin.staff_id !== null && !staff.some((one) => one.id === admin.staff_id))
    people.unshift({ value: `${admin.staff_id}`, label: admin.staff_name ?? `${admin.staff_id}` });
  return (
    <div className={classes.admin}>
      <div className={classes.facts}>
        <p className={classes.id}>{admin.external_id}</p>
        <p className={classes.seen}>{t`Lần đầu ${first}, gần nhất ${last}`}</p>
      </div>
      <NativeSelect
        className={classes.select}
        aria-label={t`Nhân viên ứng với mã ${admin.external_id}`}
        disabled={name.isPending}
        value={chosen === null ? "" : `${chosen}`}
        error={name.error ? problemText(name.error) : null}
        onChange={(event) => {
          const value = event.currentTarget.value;
          name.mutate({ externalId: admin.external_id, staffId: value ? Number(value) : null });
        }}
        data={[{ value: "", label: t`Chưa rõ là ai` }, ...people]}
      />
    </div>
  );
}
