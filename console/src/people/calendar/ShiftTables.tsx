import { useLingui } from "@lingui/react/macro";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { Shift, ShiftList } from "../../api/calendar";
import { clockTime, dayKey } from "../../shared/time/calendar";
import classes from "./Shifts.module.css";
import { dayAfter, wallTime } from "./time";
import { useCalendarWords } from "./words";

export type ShiftTableProps = {
  list: ShiftList;
  days: string[];
  today: string;
  zone: string;
  /** Only for who may. */
  add?: (day: string, person: number | null) => void;
  remove?: (id: number) => void;
};

const onDay = ({ list, zone }: ShiftTableProps, day: string) =>
  list.items.filter((one) => dayKey(Date.parse(one.from_at), zone) === day);

/** Whether somebody is away at any time of a day. */
function isAway({ list, zone }: ShiftTableProps, person: number, day: string): boolean {
  const from = wallTime(day, 0, zone);
  const until = wallTime(dayAfter(day, 1), 0, zone);
  return list.away.some(
    (one) =>
      one.staff_id === person &&
      Date.parse(one.from_at) < Date.parse(until) &&
      Date.parse(one.until_at) > Date.parse(from),
  );
}

/** People by days. */
export function ShiftGrid(props: ShiftTableProps) {
  const { t } = useLingui();
  const { longDay, shortDay } = useCalendarWords();
  const { list, days, today, add } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className={classes.scroller} aria-label={t`Ca trực trong tuần`} tabIndex={0}>
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col">{t`Nhân viên`}</th>
            {days.map((day) => (
              <th key={day} scope="col" data-today={day === today || undefined}>
                {shortDay(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.people.map(({ id, name }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              {days.map((day) => (
                <td key={day} data-today={day === today || undefined}>
                  <div className={classes.cell}>
                    {isAway(props, id, day) && <span className={classes.away}>{t`Nghỉ phép`}</span>}
                    {onDay(props, day)
                      .filter((one) => one.staff_id === id)
                      .map((one) => (
                        <ShiftChip key={one.id} shift={one} name={name} {...props} />
                      ))}
                    {add && (
                      <button
                        type="button"
                        className={classes.add}
                        aria-label={t`Thêm ca cho ${name}, ${longDay(day)}`}
                        onClick={() => add(day, id)}
                      >
                        <IconPlus size={14} stroke={1.75} aria-hidden />
                      </button>
                    )}
                  </div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Day by day, for a narrow screen. */
export function ShiftDays(props: ShiftTableProps) {
  const { t } = useLingui();
  const { longDay } = useCalendarWords();
  const { list, days, add } = props;
  return (
    <div className={classes.days}>
      {days.map((day) => {
        const shifts = onDay(props, day);
        const away = list.people.filter((person) => isAway(props, person.id, day));
        return (
          <section key={day} className={classes.dayCard} aria-label={longDay(day)}>
            <header className={classes.dayHead}>
              <h3>{longDay(day)}</h3>
              {add && (
                <button
                  type="button"
                  className={classes.add}
                  aria-label={t`Thêm ca, ${longDay(day)}`}
                  onClick={() => add(day, null)}
                >
                  <IconPlus size={18} stroke={1.75} aria-hidden />
                </button>
              )}
            </header>
            {shifts.length === 0 && <p className={classes.none}>{t`Chưa xếp ca`}</p>}
            {shifts.map((one) => {
              const name = list.people.find((person) => person.id === one.staff_id)?.name ?? "";
              return (
                <div key={one.id} className={classes.line}>
                  <span>{name}</span>
                  <ShiftChip shift={one} name={name} {...props} />
                </div>
              );
            })}
            {away.map(({ id, name }) => (
              <div key={`away-${id}`} className={classes.line}>
                <span>{name}</span>
                <span className={classes.away}>{t`Nghỉ phép`}</span>
              </div>
            ))}
          </section>
        );
      })}
    </div>
  );
}

function ShiftChip({ shift, name, zone, remove }: { shift: Shift; name: string } & ShiftTableProps) {
  const { t } = useLingui();
  const { longDay } = useCalendarWords();
  const from = Date.parse(shift.from_at);
  const hours = `${clockTime(from, zone)}–${clockTime(Date.parse(shift.until_at), zone)}`;
  return (
    <span className={classes.chip}>
      {hours}
      {remove && (
        <button
          type="button"
          className={classes.remove}
          aria-label={t`Xóa ca ${hours} của ${name}, ${longDay(dayKey(from, zone))}`}
          onClick={() => remove(shift.id)}
        >
          <IconX size={12} stroke={2} aria-hidden />
        </button>
      )}
    </span>
  );
}
