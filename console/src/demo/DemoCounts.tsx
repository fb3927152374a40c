import { useLingui } from "@lingui/react/macro";
import type { Demo } from "../api/admin";
import { formatNumber } from "../shared/time/calendar";
import { Count, Counts } from "../shared/ui/Counts";

/** How much of the demo there is now. */
export function DemoCounts({ demo }: { demo: Demo }) {
  const { t } = useLingui();
  const counts: [string, number][] = [
    [t({ message: "Khách hàng", context: "số lượng" }), demo.contact_count],
    [t`Hội thoại`, demo.conversation_count],
    [t`Tin nhắn`, demo.message_count],
    [t`Ảnh và tệp`, demo.file_count],
    [t`Tài khoản kênh`, demo.accounts.length],
    [t`Nhân viên`, demo.staff_count],
    [t`Chi nhánh và nhóm`, demo.team_count],
  ];
  return (
    <Counts>
      {counts.map(([name, count]) => (
        <Count key={name} name={name}>
          {formatNumber(count)}
        </Count>
      ))}
    </Counts>
  );
}
