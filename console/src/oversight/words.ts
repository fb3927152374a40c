import { useLingui } from "@lingui/react/macro";
import type { Road } from "./search";

export function useRoadWords(): Record<Road, string> {
  const { t } = useLingui();
  return {
    thread: t`Đọc tin nhắn`,
    file: t`Mở tệp`,
    note: t`Đọc ghi chú nội bộ`,
    reveal: t`Xem số điện thoại, e-mail`,
    search: t`Tìm thấy trong tin nhắn`,
    export: t`Xuất dữ liệu`,
  };
}
