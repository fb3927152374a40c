import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Alert, Button } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconCopy, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useContext, useState } from "react";
import { useIsPhone } from "../../shared/breakpoints";
import { dayKey } from "../../shared/time/calendar";
import { ZoneContext } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { RowsSkeleton } from "../../shared/ui/Rows";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useProblemText } from "../../shared/useProblemText";
import { useCan } from "../session";
import days from "./Days.module.css";
import { shiftsQuery, useCopyWeek, useDeleteShift } from "./queries";
import { ShiftDialog } from "./ShiftDialog";
import classes from "./Shifts.module.css";
import { ShiftDays, ShiftGrid, type ShiftTableProps } from "./ShiftTables";
import { dayAfter, mondayOf, wallTime } from "./time";

type Props = { team: number | undefined; week: string | undefined; choose: (week: string) => void };

/** Who is on duty in a week: people by days, or day by day on a phone. */
export function ShiftsSection({ team, week, choose }: Props) {
  const { t } = useLingui();
  const zone = useContext(ZoneContext);
  const phone = useIsPhone();
  const problemText = useProblemText();
  const canManage = useCan("calendar:manage");
  const today = dayKey(Date.now(), zone);
  const monday = mondayOf(week ?? today);
  const query = useQuery(
    shiftsQuery(wallTime(monday, 0, zone), wallTime(dayAfter(monday, 7), 0, zone), team),
  );
  const copying = useCopyWeek(team);
  const deleting = useDeleteShift();
  const [adding, setAdding] = useState<{ day: string; person: number | null } | null>(null);
  const go = (to: string) => {
    copying.reset();
    choose(to);
  };
  if (query.isError && !query.data)
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  const last = dayAfter(monday, 6);
  const short = (day: string) => `${day.slice(8)}/${day.slice(5, 7)}`;
  const table: ShiftTableProps | null = query.data
    ? {
        list: query.data,
        days: Array.from({ length: 7 }, (_, at) => dayAfter(monday, at)),
        today,
        zone,
        ...(canManage && {
          add: (day: string, person: number | null) => setAdding({ day, person }),
          remove: (id: number) => deleting.mutate(id),
        }),
      }
    : null;
  const error = copying.error ?? deleting.error;
  return (
    <>
      <div className={days.bar}>
        <span className={days.pager}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t`Tuần trước`}
            onClick={() => go(dayAfter(monday, -7))}
          >
            <IconChevronLeft size={18} stroke={1.75} />
          </ActionIcon>
          <h2 className={days.year} aria-live="polite">
            {`${short(monday)} – ${short(last)}/${last.slice(0, 4)}`}
          </h2>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t`Tuần sau`}
            onClick={() => go(dayAfter(monday, 7))}
          >
            <IconChevronRight size={18} stroke={1.75} />
          </ActionIcon>
          {monday !== mondayOf(today) && (
            <Button variant="subtle" onClick={() => go(mondayOf(today))}>
              {t`Tuần này`}
            </Button>
          )}
        </span>
        {canManage && (
          <Button
            variant="default"
            leftSection={<IconCopy size={16} stroke={1.75} />}
            loading={copying.isPending}
            onClick={() => copying.mutate(monday)}
          >
            {t`Chép ca tuần trước`}
          </Button>
        )}
      </div>
      {copying.data && (
        <p className={classes.copied} role="status">
          {copying.data.left_out > 0
            ? t`Đã chép ${copying.data.added} ca, bỏ qua ${copying.data.left_out} ca bị trùng.`
            : t`Đã chép ${copying.data.added} ca.`}
        </p>
      )}
      {error && (
        <Alert color="red" variant="light" role="alert" mb={12}>
          {problemText(error)}
        </Alert>
      )}
      {!table && <RowsSkeleton label={t`Đang tải ca trực`} count={6} height={52} />}
      {table?.list.people.length === 0 && (
        <StatePanel icon={IconUsers} title={t`Nhóm này chưa có ai`}>
          {t`Thêm người vào nhóm ở trang Nhân viên.`}
        </StatePanel>
      )}
      {table && table.list.people.length > 0 && (phone ? <ShiftDays {...table} /> : <ShiftGrid {...table} />)}
      {adding && query.data && (
        <ShiftDialog
          people={query.data.people}
          day={adding.day}
          person={adding.person}
          zone={zone}
          close={() => setAdding(null)}
        />
      )}
    </>
  );
}
