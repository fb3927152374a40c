import { useLingui } from "@lingui/react/macro";
import { formatNumber } from "./time/calendar";

const KB = 1024;
const MB = KB * KB;

/** A size in words: "820 byte", "12,5 KB". */
export function useBytes(): (bytes: number) => string {
  const { t } = useLingui();
  return (bytes) => {
    if (bytes >= MB) return t`${formatNumber(bytes / MB)} MB`;
    if (bytes >= KB) return t`${formatNumber(bytes / KB)} KB`;
    return t`${formatNumber(bytes)} byte`;
  };
}
