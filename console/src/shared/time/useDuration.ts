import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in words, one unit: "<1 phút", "5 phút", "41 giờ", "3 ngày". */
export function useDuration(): (ms: number) => string {
  const { t } = useLingui();
  return (ms) => {
    if (ms < MINUTE) return t`<1 phút`;
    const minutes = Math.floor(ms / MINUTE);
    if (ms < HOUR) return t`${plural(minutes, { one: "# phút", other: "# phút" })}`;
    const hours = Math.floor(ms / HOUR);
    if (ms < 3 * DAY) return t`${plural(hours, { one: "# giờ", other: "# giờ" })}`;
    const days = Math.floor(ms / DAY);
    return t`${plural(days, { one: "# ngày", other: "# ngày" })}`;
  };
}
