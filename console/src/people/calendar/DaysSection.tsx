import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Alert, Button } from "@mantine/core";
import { IconCalendarOff, IconChevronLeft, IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useContext, useState } from "react";
import type { CalendarDay, DayChange } from "../../api/calendar";
import { dayKey } from "../../shared/time/calendar";
import { ZoneContext } from "../../shared/time/useDates";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useProblemText } from "../../shared/useProblemText";
import { useCan } from "../session";
import { DayDialog } from "./DayDialog";
import { DayRow } from "./DayRow";
import classes from "./Days.module.css";
import { daysQuery, useSetDay } from "./queries";

type Props = { team: number | undefined; year: number | undefined; choose: (year: number) => void };

/** A year's holidays and days of one's own. */
export function DaysSection({ team, year: asked, choose }: Props) {
  const { t } = useLingui();
  const zone = useContext(ZoneContext);
  const problemText = useProblemText();
  const canManage = useCan("calendar:manage");
  const year = asked ?? Number(dayKey(Date.now(), zone).slice(0, 4));
  const query = useQuery(daysQuery(year, team));
  const setting = useSetDay(team);
  const [dialog, setDialog] = useState<CalendarDay | "new" | null>(null);
  const days = query.data?.items;
  const set = (date: string, change: DayChange | null) => setting.mutate({ date, change });
  if (query.isError && !days) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      <div className={classes.bar}>
        <span className={classes.pager}>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t`Năm trước`}
            disabled={year <= 2000}
            onClick={() => choose(year - 1)}
          >
            <IconChevronLeft size={18} stroke={1.75} />
          </ActionIcon>
          <h2 className={classes.year} aria-live="polite">
            {t`Năm ${year}`}
          </h2>
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t`Năm sau`}
            disabled={year >= 2099}
            onClick={() => choose(year + 1)}
          >
            <IconChevronRight size={18} stroke={1.75} />
          </ActionIcon>
        </span>
        {canManage && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog("new")}>
            {t`Thêm ngày`}
          </Button>
        )}
      </div>
      {setting.error && !dialog && (
        <Alert color="red" variant="light" role="alert" mb={12}>
          {problemText(setting.error)}
        </Alert>
      )}
      {!days && <RowsSkeleton label={t`Đang tải ngày nghỉ`} count={8} height={56} />}
      {days?.length === 0 && <StatePanel icon={IconCalendarOff} title={t`Năm này chưa có ngày nghỉ nào`} />}
      {days && days.length > 0 && (
        <Rows busy={query.isPlaceholderData}>
          {days.map((day) => (
            <DayRow
              key={day.date}
              day={day}
              days={days}
              company={team === undefined}
              canManage={canManage}
              busy={setting.isPending}
              set={(change) => set(day.date, change)}
              edit={() => setDialog(day)}
            />
          ))}
        </Rows>
      )}
      {dialog && (
        <DayDialog
          team={team}
          year={year}
          day={dialog === "new" ? null : dialog}
          close={() => setDialog(null)}
        />
      )}
    </>
  );
}
