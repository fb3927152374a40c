import { useLingui } from "@lingui/react/macro";
import { useMe } from "../../people/session";
import type { Group } from "./states";
import type { CapUse, PersonalAccount, PersonalState, SimKind } from "./types";

export function usePersonalWords() {
  const { t } = useLingui();
  const states: Record<PersonalState, string> = {
    online: t`Đang hoạt động`,
    connecting: t`Đang kết nối`,
    offline: t`Đang tự nối lại`,
    taken_over: t`Zalo Web mở ở máy khác`,
    kicked: t`Bị Zalo đăng xuất`,
    needs_login: t`Cần quét mã lại`,
    dead: t`Không còn tín hiệu`,
    stopped: t`Đã tạm dừng`,
  };
  const groups: Record<Group, string> = {
    attention: t`Cần xử lý`,
    connecting: t`Đang nối`,
    online: t`Đang hoạt động`,
    stopped: t`Đã tạm dừng`,
  };
  const sims: Record<SimKind, { name: string; says: string }> = {
    company: {
      name: t`SIM công ty`,
      says: t`Số điện thoại thuộc công ty. Ghi lại mọi cuộc trò chuyện.`,
    },
    own: {
      name: t`SIM riêng của nhân viên`,
      says: t`Số điện thoại của chính nhân viên. Chỉ ghi lại những người mà người giữ đánh dấu là công việc.`,
    },
  };
  const caps: Record<string, string> = {
    messages_hour: t`Tin gửi trong giờ này`,
    messages_day: t`Tin gửi hôm nay`,
    strangers_day: t`Tin cho người lạ hôm nay`,
    phones_hour: t`Lượt tìm số trong giờ này`,
    phones_day: t`Lượt tìm số hôm nay`,
    friend_requests_day: t`Lời mời kết bạn hôm nay`,
    friend_answers_day: t`Lời mời kết bạn đã trả lời hôm nay`,
  };
  return {
    state: (state: PersonalState): string => states[state] ?? t`Chưa rõ tình trạng`,
    groups,
    sims,
    sim: (sim: string): string => (sims as Record<string, { name: string }>)[sim]?.name ?? sim,
    cap: ({ cap, text }: CapUse): string => text || caps[cap] || cap,
  };
}

/** What the signed-in person may do with an account. */
export function usePersonalRights() {
  const me = useMe();
  const manages = me.permissions.includes("channel_account:manage");
  return {
    manages,
    reads: me.permissions.includes("channel_account:read"),
    holds: ({ holder }: Pick<PersonalAccount, "holder">) => holder.id === me.id,
    returns: ({ holder }: Pick<PersonalAccount, "holder">) => manages || holder.id === me.id,
  };
}
