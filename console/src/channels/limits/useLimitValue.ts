import type { ChannelLimit } from "../../api/admin";
import { formatNumber } from "../../shared/time/calendar";
import { useBytes } from "../../shared/useBytes";

/** A limit's number as people say it: "2.000 ký tự", "1 MB", "22:00". */
export function useLimitValue(): (limit: Pick<ChannelLimit, "unit" | "unit_text">, value: number) => string {
  const bytes = useBytes();
  return ({ unit, unit_text }, value) => {
    if (unit === "bytes") return bytes(value);
    if (unit === "hour_of_day") return `${String(value).padStart(2, "0")}:00`;
    return `${formatNumber(value)} ${unit_text}`;
  };
}
