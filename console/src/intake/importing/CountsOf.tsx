import { useLingui } from "@lingui/react/macro";
import type { Counted } from "../../api/history";
import { formatNumber } from "../../shared/time/calendar";
import { Count, Counts } from "../../shared/ui/Counts";

export function CountsOf({ counts }: { counts: Counted }) {
  const { t } = useLingui();
  const number = (value: number | undefined) => formatNumber(value ?? 0);
  return (
    <Counts>
      <Count name={t`Dòng đã đọc`}>{number(counts.rows)}</Count>
      <Count name={t`Tin mới`}>{number(counts.new)}</Count>
      <Count name={t`Tin đã có`}>{number(counts.known)}</Count>
      <Count name={t`Dòng lỗi`} alarm={(counts.faulty ?? 0) > 0}>
        {number(counts.faulty)}
      </Count>
      <Count name={t`Hội thoại mới`}>{number(counts.threads)}</Count>
      <Count name={t`Khách mới`}>{number(counts.contacts)}</Count>
    </Counts>
  );
}
