import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

type Group = { name: MessageDescriptor; scopes: Record<string, MessageDescriptor> };

const GROUPS: readonly Group[] = [
  {
    name: msg`Hội thoại`,
    scopes: {
      "conversation:read": msg`Đọc hội thoại và tin nhắn`,
      "conversation:reply": msg`Trả lời khách`,
      "conversation:resolve": msg`Kết thúc và mở lại phiên chăm sóc`,
      "conversation:assign": msg`Giao người xử lý`,
      "conversation:claim": msg`Nhận khách từ hàng chờ chung`,
      "conversation:share": msg`Chia sẻ hội thoại có thời hạn`,
      "note:write": msg`Viết ghi chú nội bộ`,
    },
  },
  {
    name: msg`Khách hàng`,
    scopes: {
      "contact:read": msg`Đọc thông tin khách hàng`,
      "contact:update": msg`Gắn nhãn khách hàng`,
      "contact:reveal": msg`Xem đủ số điện thoại và e-mail bị che`,
      "custody:transfer": msg`Chuyển người phụ trách`,
      "privacy_request:read": msg`Xem yêu cầu riêng tư`,
      "privacy_request:close": msg`Đóng yêu cầu riêng tư`,
    },
  },
  {
    name: msg`Tài khoản kênh`,
    scopes: {
      "channel_account:read": msg`Xem tài khoản kênh`,
      "channel_account:manage": msg`Kết nối và đặt tài khoản kênh`,
      "channel_limit:manage": msg`Đổi giới hạn và giá`,
      "history_import:manage": msg`Nhập hội thoại cũ từ tệp`,
      "quarantine:read": msg`Xem tin chờ xử lý lỗi`,
      "quarantine:retry": msg`Xử lý lại tin lỗi`,
    },
  },
  {
    name: msg`Công ty`,
    scopes: {
      "staff:read": msg`Xem danh sách nhân viên`,
      "team:manage": msg`Sửa chi nhánh và nhóm`,
      "calendar:manage": msg`Sửa giờ làm việc, ngày nghỉ và ca`,
      "leave:manage": msg`Ghi ngày nghỉ và người trực thay`,
      "access_log:read": msg`Đọc nhật ký xem`,
      "audit_log:read": msg`Đọc nhật ký thao tác`,
      "demo:manage": msg`Xóa dữ liệu mẫu`,
    },
  },
];

export type ScopeGroup = {
  name: MessageDescriptor;
  scopes: { scope: string; name: MessageDescriptor | null }[];
};

const OTHER = msg`Khác`;

/** What may be chosen, by what it is about and in our order. A scope that has no words here yet comes last, by its code. */
export function scopeGroups(given: readonly string[]): ScopeGroup[] {
  const left = new Set(given);
  const groups: ScopeGroup[] = GROUPS.map(({ name, scopes }) => ({
    name,
    scopes: Object.entries(scopes)
      .filter(([scope]) => left.delete(scope))
      .map(([scope, words]) => ({ scope, name: words })),
  }));
  groups.push({ name: OTHER, scopes: [...left].map((scope) => ({ scope, name: null })) });
  return groups.filter((group) => group.scopes.length > 0);
}

/** The words of one scope; null: it has none here yet. */
export function scopeName(scope: string): MessageDescriptor | null {
  return GROUPS.find((group) => scope in group.scopes)?.scopes[scope] ?? null;
}
