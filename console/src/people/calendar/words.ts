import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Interval } from "../../api/calendar";
import { spanText } from "./time";

const NAMES = [
  msg`Thứ Hai`,
  msg`Thứ Ba`,
  msg`Thứ Tư`,
  msg`Thứ Năm`,
  msg`Thứ Sáu`,
  msg`Thứ Bảy`,
  msg`Chủ Nhật`,
] as const;
const SHORT = [msg`T2`, msg`T3`, msg`T4`, msg`T5`, msg`T6`, msg`T7`, msg`CN`] as const;

/** Names of weekdays, 0 = Monday, and hours in words. */
export function useCalendarWords() {
  const { t, i18n } = useLingui();
  const index = (day: string) => (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  return {
    weekdays: NAMES.map((name) => i18n._(name)),
    shortWeekdays: SHORT.map((name) => i18n._(name)),
    /** `T2 23/11` */
    shortDay: (day: string) => {
      const name = SHORT[index(day)];
      return `${name ? i18n._(name) : ""} ${day.slice(8)}/${day.slice(5, 7)}`;
    },
    /** `Thứ Hai, 23/11` */
    longDay: (day: string) => {
      const name = NAMES[index(day)];
      return `${name ? i18n._(name) : ""}, ${day.slice(8)}/${day.slice(5, 7)}`;
    },
    hours: (intervals: readonly Interval[]) =>
      intervals.length === 0 ? t`Nghỉ` : intervals.map(spanText).join(", "),
  };
}
