import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import type { CalendarDay, DayChange } from "../../api/calendar";
import classes from "./Days.module.css";
import { useCalendarWords } from "./words";

type Props = {
  day: CalendarDay;
  days: readonly CalendarDay[];
  /** Not of a branch or team. */
  company: boolean;
  canManage: boolean;
  busy: boolean;
  set: (change: DayChange | null) => void;
  edit: () => void;
};

/** One date: what it is called, whether it is off, and what may be done about it. */
export function DayRow({ day, days, company, canManage, busy, set, edit }: Props) {
  const { t } = useLingui();
  const { longDay, hours } = useCalendarWords();
  const { public: known, rule } = day;
  const makeUp = known?.kind === "make_up";
  const off = day.intervals.length === 0;
  const name = rule?.name || known?.name || t`Ngày thường`;
  const kinds = {
    holiday: t`Ngày lễ`,
    substitute: t`Nghỉ bù`,
    swap: t`Nhà nước hoán đổi`,
    make_up: t`Nhà nước làm bù`,
  };
  const notes = [
    known ? kinds[known.kind] : null,
    rule ? (rule.own ? t`Thiết lập riêng` : t`Theo cấp trên`) : null,
    rule?.name && known ? known.name : null,
  ].filter((one) => one !== null);
  const byLaw = known?.kind === "holiday" || known?.kind === "substitute";
  const like = days.find((one) => one.date === known?.swapped_with)?.ordinary ?? [];
  /** The company goes back to what the law says; a team says it itself, for what is above may say otherwise. */
  const flip = (on: boolean) => {
    if (company && rule?.own && on === byLaw) set(null);
    else if (!makeUp) set({ kind: on ? "closed" : "ordinary", name: "", intervals: [] });
    else if (on) set({ kind: "open", name: "", intervals: [...(like.length > 0 ? like : day.ordinary)] });
    else set({ kind: "ordinary", name: "", intervals: [] });
  };
  const checked = makeUp ? rule?.kind === "open" : off;
  return (
    <li className={classes.day}>
      <span className={classes.date}>{longDay(day.date)}</span>
      <span className={classes.what}>
        <span className={classes.name}>{name}</span>
        {notes.length > 0 && <span className={classes.notes}>{notes.join(" · ")}</span>}
      </span>
      <span className={classes.state} data-off={off || undefined}>
        {off ? t`Nghỉ` : hours(day.intervals)}
      </span>
      {canManage && (
        <span className={classes.actions}>
          {known && (
            <span className={classes.switch}>
              <span aria-hidden>{makeUp ? t`Làm bù` : t`Nghỉ`}</span>
              <Switch
                aria-label={makeUp ? t`Làm bù ngày ${longDay(day.date)}` : t`Nghỉ ngày ${longDay(day.date)}`}
                checked={checked}
                disabled={busy || (makeUp && !checked && like.length === 0 && day.ordinary.length === 0)}
                onChange={(event) => flip(event.currentTarget.checked)}
              />
            </span>
          )}
          <Button variant="subtle" size="sm" aria-label={t`Sửa ngày ${longDay(day.date)}`} onClick={edit}>
            {t`Sửa`}
          </Button>
        </span>
      )}
    </li>
  );
}
