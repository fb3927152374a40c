import { useLingui } from "@lingui/react/macro";
import { NativeSelect, SegmentedControl } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageFrame } from "../../shared/ui/PageFrame";
import classes from "./CalendarPage.module.css";
import { DaysSection } from "./DaysSection";
import { HoursSection } from "./HoursSection";
import { LeaveSection } from "./LeaveSection";
import { hoursQuery } from "./queries";
import { ShiftsSection } from "./ShiftsSection";
import type { Section } from "./search";

/** When the company works, who is on duty, and who is away. */
export function CalendarPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ from: "/app/calendar" });
  const section: Section = search.section ?? "hours";
  const teams = useQuery(hoursQuery(undefined)).data?.teams ?? [];
  const go = (next: typeof search) => void navigate({ to: "/calendar", search: next, replace: true });
  const show = (value: string) => {
    const { section: _, ...rest } = search;
    go(value === "hours" ? rest : { ...rest, section: value as Exclude<Section, "hours"> });
  };
  const choose = (value: string) => {
    const { team: _, ...rest } = search;
    go(value ? { ...rest, team: Number(value) } : rest);
  };
  return (
    <PageFrame title={t`Lịch làm việc`} lead={t`Giờ làm việc, ngày nghỉ, ca trực và ai đang nghỉ phép.`}>
      <div className={classes.bar}>
        <SegmentedControl
          className={classes.sections}
          aria-label={t`Phần đang xem`}
          value={section}
          onChange={show}
          data={[
            { value: "hours", label: t`Giờ làm` },
            { value: "days", label: t`Ngày nghỉ` },
            { value: "shifts", label: t`Ca trực` },
            { value: "leave", label: t`Nghỉ phép` },
          ]}
        />
        {section !== "leave" && teams.length > 0 && (
          <NativeSelect
            className={classes.team}
            aria-label={t`Chi nhánh hoặc nhóm`}
            size="md"
            rightSection={<IconChevronDown size={16} stroke={1.6} />}
            value={search.team ?? ""}
            onChange={(event) => choose(event.currentTarget.value)}
            data={[
              { value: "", label: section === "shifts" ? t`Mọi người` : t`Toàn công ty` },
              ...teams.map(({ id, name, depth }) => ({
                value: `${id}`,
                label: `${"\u2003".repeat(depth)}${name}`,
              })),
            ]}
          />
        )}
      </div>
      {section === "hours" && <HoursSection key={search.team} team={search.team} />}
      {section === "days" && (
        <DaysSection
          key={search.team}
          team={search.team}
          year={search.year}
          choose={(year) => go({ ...search, year })}
        />
      )}
      {section === "shifts" && (
        <ShiftsSection team={search.team} week={search.week} choose={(week) => go({ ...search, week })} />
      )}
      {section === "leave" && <LeaveSection />}
    </PageFrame>
  );
}
