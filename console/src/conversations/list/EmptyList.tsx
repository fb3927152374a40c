import { useLingui } from "@lingui/react/macro";
import { IconCircleCheck, IconMessages, IconUser } from "@tabler/icons-react";
import type { View } from "../../api/types";
import { StatePanel } from "../../shared/ui/StatePanel";

/** Says why a view is empty and what comes next. */
export function EmptyList({ view }: { view: View }) {
  const { t } = useLingui();
  switch (view) {
    case "waiting":
      return (
        <StatePanel icon={IconCircleCheck} title={t`Không có khách nào đang chờ`}>
          {t`Tin nhắn mới của khách sẽ hiện ở đây cùng thời gian chờ.`}
        </StatePanel>
      );
    case "mine":
      return (
        <StatePanel icon={IconUser} title={t`Bạn chưa có hội thoại nào`}>
          {t`Hội thoại mà bạn phụ trách hoặc xử lý sẽ hiện ở đây.`}
        </StatePanel>
      );
    case "open":
      return (
        <StatePanel icon={IconCircleCheck} title={t`Không còn phiên chăm sóc nào đang mở`}>
          {t`Khi khách nhắn tin, phiên mới sẽ tự mở. Hội thoại cũ nằm trong mục Tất cả.`}
        </StatePanel>
      );
    case "all":
      return (
        <StatePanel icon={IconMessages} title={t`Chưa có hội thoại nào`}>
          {t`Khi tài khoản Zalo OA được nối vào và khách nhắn tin, hội thoại sẽ hiện ở đây.`}
        </StatePanel>
      );
  }
}
