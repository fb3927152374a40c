import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconBeach, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Leave } from "../../api/calendar";
import { clockTime } from "../../shared/time/calendar";
import { useDates } from "../../shared/time/useDates";
import { ConfirmDialog } from "../../shared/ui/ConfirmDialog";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { StatePanel } from "../../shared/ui/StatePanel";
import days from "./Days.module.css";
import classes from "./Leave.module.css";
import { LeaveDialog } from "./LeaveDialog";
import { leaveQuery, useEndLeave } from "./queries";

/** Who is away, from the latest on, and who stands in for them. */
export function LeaveSection() {
  const { t } = useLingui();
  const query = useQuery(leaveQuery);
  const ending = useEndLeave();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Leave | null>(null);
  const items = query.data?.items;
  if (query.isError && !items) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  const close = () => {
    setAsked(null);
    ending.reset();
  };
  return (
    <>
      <div className={days.bar}>
        <p className={classes.lead}>
          {t`Trong lúc nghỉ, người trực thay thấy và trả lời khách hàng của người nghỉ.`}
        </p>
        <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
          {t`Thêm lịch nghỉ`}
        </Button>
      </div>
      {!items && <RowsSkeleton label={t`Đang tải lịch nghỉ`} count={4} height={72} />}
      {items?.length === 0 && (
        <StatePanel icon={IconBeach} title={t`Chưa có lịch nghỉ nào`}>
          {t`Khi ai đó nghỉ, hãy ghi ở đây cùng người trực thay để khách hàng không phải chờ.`}
        </StatePanel>
      )}
      {items && items.length > 0 && (
        <Rows>
          {items.map((leave) => (
            <LeaveRow key={leave.id} leave={leave} end={() => setAsked(leave)} />
          ))}
        </Rows>
      )}
      {adding && query.data && (
        <LeaveDialog manageable={query.data.manageable} close={() => setAdding(false)} />
      )}
      {asked && (
        <ConfirmDialog
          title={asked.state === "current" ? t`Kết thúc nghỉ sớm` : t`Hủy lịch nghỉ`}
          text={
            asked.state === "current"
              ? t`${asked.staff.name} trở lại làm việc ngay bây giờ. Người trực thay thôi thấy khách hàng của họ.`
              : t`Lịch nghỉ của ${asked.staff.name} sẽ không còn hiệu lực.`
          }
          action={asked.state === "current" ? t`Kết thúc nghỉ` : t`Hủy lịch nghỉ`}
          busy={ending.isPending}
          error={ending.error}
          confirm={() => ending.mutate(asked.id, { onSuccess: close })}
          close={close}
        />
      )}
    </>
  );
}

function LeaveRow({ leave, end }: { leave: Leave; end: () => void }) {
  const { t } = useLingui();
  const dates = useDates();
  const { staff, deputy, state } = leave;
  const states = {
    upcoming: t`Sắp nghỉ`,
    current: t`Đang nghỉ`,
    over: t`Đã qua`,
    cancelled: t`Đã hủy`,
  };
  /** Whole days are told as days: the midnight at which they end is the day after. */
  const last = Date.parse(leave.until_at);
  const whole =
    clockTime(Date.parse(leave.from_at), dates.zone) === "00:00" && clockTime(last, dates.zone) === "00:00";
  const lastDay = dates.date(new Date(last - 1).toISOString());
  const firstDay = dates.date(leave.from_at);
  const span = whole
    ? firstDay === lastDay
      ? firstDay
      : `${firstDay} – ${lastDay}`
    : `${dates.dateTime(leave.from_at)} – ${dates.dateTime(leave.until_at)}`;
  const live = state === "current" || state === "upcoming";
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <span className={classes.name}>{staff.name}</span>
        <span className={classes.span}>{span}</span>
        {leave.note && <span className={classes.note}>{leave.note}</span>}
      </div>
      <div className={classes.deputy}>
        {deputy ? t`Người trực thay: ${deputy.name}` : t`Chưa có người trực thay`}
        {live && deputy && leave.deputy_away && (
          <span className={classes.warn}>{t`${deputy.name} cũng nghỉ trong thời gian này`}</span>
        )}
      </div>
      <span className={classes.state} data-state={state}>
        {states[state]}
      </span>
      {leave.can_end && (
        <Button
          variant="default"
          size="sm"
          aria-label={
            state === "current" ? t`Kết thúc nghỉ của ${staff.name}` : t`Hủy lịch nghỉ của ${staff.name}`
          }
          onClick={end}
        >
          {state === "current" ? t`Kết thúc` : t`Hủy`}
        </Button>
      )}
    </li>
  );
}
