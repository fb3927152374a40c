import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { createContext, useContext } from "react";
import { clockTime, DEFAULT_ZONE, daysAgo, fullDate, shortDate, weekday } from "./calendar";

/** The company's zone, from the session. Every date on the screen is told in it. */
export const ZoneContext = createContext(DEFAULT_ZONE);

const WEEKDAY_NAMES = [
  msg`Thứ Hai`,
  msg`Thứ Ba`,
  msg`Thứ Tư`,
  msg`Thứ Năm`,
  msg`Thứ Sáu`,
  msg`Thứ Bảy`,
  msg`Chủ Nhật`,
] as const;

/** Dates in words, in the company's zone and the reader's language. */
export function useDates() {
  const { t, i18n } = useLingui();
  const zone = useContext(ZoneContext);
  const ms = (iso: string) => Date.parse(iso);
  return {
    zone,
    time: (iso: string) => clockTime(ms(iso), zone),
    dateTime: (iso: string) => `${clockTime(ms(iso), zone)} ${fullDate(ms(iso), zone)}`,
    date: (iso: string) => fullDate(ms(iso), zone),
    /** For a list row: the hour today, "Hôm qua", else the date. */
    stamp(iso: string, now: number) {
      const days = daysAgo(ms(iso), now, zone);
      if (days <= 0) return clockTime(ms(iso), zone);
      return days === 1 ? t`Hôm qua` : shortDate(ms(iso), now, zone);
    },
    /** For a day divider. */
    day(iso: string, now: number) {
      const days = daysAgo(ms(iso), now, zone);
      if (days === 0) return t`Hôm nay`;
      if (days === 1) return t`Hôm qua`;
      const name = WEEKDAY_NAMES[weekday(ms(iso), zone)];
      const date = fullDate(ms(iso), zone);
      return name ? `${i18n._(name)}, ${date}` : date;
    },
    /** For a health state: "9:12" today, else with its date. */
    since(iso: string, now: number) {
      return daysAgo(ms(iso), now, zone) <= 0
        ? clockTime(ms(iso), zone)
        : `${clockTime(ms(iso), zone)} ${shortDate(ms(iso), now, zone)}`;
    },
  };
}
