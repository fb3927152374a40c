import { useLingui } from "@lingui/react/macro";
import type { ConversationRow, View } from "../api/types";
import { useMe } from "../people/session";

export const VIEWS: readonly View[] = ["open", "mine", "waiting", "all"];

export function useViewNames(): Record<View, string> {
  const { t } = useLingui();
  return { open: t`Đang mở`, mine: t`Của tôi`, waiting: t`Đang chờ`, all: t`Tất cả` };
}

/** What kind of channel an account is, in words. */
export function useChannelName(): (channel: string) => string {
  const { t } = useLingui();
  return (channel) => {
    switch (channel) {
      case "zalo_oa":
        return t`Zalo OA`;
      case "zalo_personal":
        return t`Zalo cá nhân`;
      default:
        return channel;
    }
  };
}

/** What a message without words of its own is called, in one or two words. */
export function useKindName(): (kind: string) => string {
  const { t } = useLingui();
  return (kind) => {
    switch (kind) {
      case "text":
        return t`Tin nhắn`;
      case "image":
        return t`Hình ảnh`;
      case "gif":
        return t`Ảnh động`;
      case "sticker":
        return t`Nhãn dán`;
      case "audio":
        return t`Tin thoại`;
      case "video":
        return t`Video`;
      case "file":
        return t`Tệp`;
      case "location":
        return t`Vị trí`;
      case "link":
        return t`Liên kết`;
      case "contact_card":
        return t`Danh thiếp`;
      case "template":
        return t`Tin mẫu`;
      case "event":
        return t`Sự kiện`;
      default:
        return t`Tin chưa hiển thị được`;
    }
  };
}

/** One line of the last message. Pictures and the like have no text of their own. */
export function usePreview(): (row: ConversationRow) => string {
  const { t } = useLingui();
  const kindName = useKindName();
  return ({ last_message: last }) => {
    if (!last) return t`Chưa có tin nhắn`;
    if (last.recalled) return t`Đã thu hồi một tin nhắn`;
    return last.preview || kindName(last.kind);
  };
}

/** Who spoke last, as short as a list row needs: "Bạn", the given name of a colleague, or the member of a group. */
export function useSpeaker(): (row: ConversationRow) => string | null {
  const { t } = useLingui();
  const me = useMe();
  return ({ kind, last_message: last }) => {
    if (!last?.author_name) return null;
    if (last.direction === "in") return kind === "group" ? last.author_name : null;
    return last.author_name === me.name ? t`Bạn` : (last.author_name.split(" ").at(-1) ?? last.author_name);
  };
}
