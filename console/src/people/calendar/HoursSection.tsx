import { useLingui } from "@lingui/react/macro";
import { Alert, Button, Menu } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Interval } from "../../api/calendar";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { RowsSkeleton } from "../../shared/ui/Rows";
import { Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { useCan } from "../session";
import classes from "./Hours.module.css";
import { IntervalFields } from "./IntervalFields";
import { hoursQuery, useSetHours } from "./queries";
import { useCalendarWords } from "./words";

type Props = { team: number | undefined };

/** A week's hours of the company, a branch or a team, and whose they are. */
export function HoursSection({ team }: Props) {
  const { t } = useLingui();
  const { weekdays, hours: inWords } = useCalendarWords();
  const problemText = useProblemText();
  const canManage = useCan("calendar:manage");
  const query = useQuery(hoursQuery(team));
  const setting = useSetHours(team);
  const [draft, setDraft] = useState<Interval[][] | null>(null);
  const hours = query.data;
  if (query.isError && !hours) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  if (!hours) return <RowsSkeleton label={t`Đang tải giờ làm việc`} count={7} height={48} />;
  const above = hours.teams.find((one) => one.id === hours.inherited_from)?.name ?? t`công ty`;
  const own = hours.source === "own";
  const week: readonly Interval[][] = draft ?? hours.week;
  const set = (at: number, intervals: Interval[]) =>
    setDraft(week.map((day, index) => (index === at ? intervals : [...day])));
  const whose = {
    own:
      team === undefined ? t`Giờ của công ty. Nhóm nào chưa có giờ riêng thì theo giờ này.` : t`Giờ riêng.`,
    inherited: t`Đang theo giờ của ${above}.`,
    default: t`Chưa ai đặt giờ: đây là giờ có sẵn.`,
  }[hours.source];
  const save = (next: Interval[][] | null) => setting.mutate(next, { onSuccess: () => setDraft(null) });
  return (
    <Section
      title={t`Giờ làm việc trong tuần`}
      lead={t`${whose} Múi giờ: ${hours.timezone}.`}
      actions={
        canManage && !draft ? (
          <div className={classes.buttons}>
            <Button variant="default" onClick={() => setDraft(hours.week.map((day) => [...day]))}>
              {own ? t`Sửa giờ` : t`Đặt giờ riêng`}
            </Button>
            {own && team !== undefined && (
              <Button variant="subtle" loading={setting.isPending} onClick={() => save(null)}>
                {t`Bỏ giờ riêng`}
              </Button>
            )}
          </div>
        ) : undefined
      }
    >
      <ul className={classes.week}>
        {weekdays.map((name, day) => (
          <li key={name} className={classes.day}>
            <span className={classes.name}>{name}</span>
            {draft ? (
              <>
                <IntervalFields of={name} intervals={week[day] ?? []} change={(next) => set(day, next)} />
                <CopyMenu
                  of={name}
                  from={day}
                  weekdays={weekdays}
                  copy={(days) =>
                    setDraft(week.map((one, at) => [...((days.includes(at) ? week[day] : one) ?? [])]))
                  }
                />
              </>
            ) : (
              <span className={week[day]?.length ? classes.open : classes.closed}>
                {inWords(week[day] ?? [])}
              </span>
            )}
          </li>
        ))}
      </ul>
      {setting.error && (
        <Alert color="red" variant="light" role="alert">
          {problemText(setting.error)}
        </Alert>
      )}
      {draft && (
        <div className={classes.buttons}>
          <Button loading={setting.isPending} onClick={() => save(draft)}>
            {t`Lưu giờ làm việc`}
          </Button>
          <Button
            variant="default"
            disabled={setting.isPending}
            onClick={() => {
              setDraft(null);
              setting.reset();
            }}
          >
            {t`Thôi`}
          </Button>
        </div>
      )}
    </Section>
  );
}

type CopyProps = { of: string; from: number; weekdays: readonly string[]; copy: (days: number[]) => void };

function CopyMenu({ of, from, weekdays, copy }: CopyProps) {
  const { t } = useLingui();
  const others = weekdays.map((_, day) => day).filter((day) => day !== from);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconCopy size={14} stroke={1.75} />}
          aria-label={t`Chép sang ngày khác: giờ ${of}`}
        >
          {t`Chép sang`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => copy(others.filter((day) => day < 5))}>{t`Thứ Hai đến thứ Sáu`}</Menu.Item>
        <Menu.Item onClick={() => copy(others)}>{t`Mọi ngày`}</Menu.Item>
        <Menu.Divider />
        {others.map((day) => (
          <Menu.Item key={day} onClick={() => copy([day])}>
            {weekdays[day]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
