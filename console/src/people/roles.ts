import { useLingui } from "@lingui/react/macro";
import type { Role } from "../api/admin";

export const ROLES: readonly Role[] = ["staff", "lead", "manager", "admin", "auditor"];

export function useRoleWords(): Record<Role, { name: string; hint: string }> {
  const { t } = useLingui();
  return {
    staff: { name: t`Nhân viên`, hint: t`Thấy hội thoại của mình và hội thoại chưa có người phụ trách.` },
    lead: { name: t`Trưởng nhóm`, hint: t`Thấy thêm hội thoại của mọi người trong nhóm mình phụ trách.` },
    manager: { name: t`Quản lý`, hint: t`Thấy mọi hội thoại, tài khoản kênh và danh sách nhân viên.` },
    admin: { name: t`Quản trị`, hint: t`Làm được mọi việc, kể cả thêm người và kết nối kênh.` },
    auditor: { name: t`Kiểm soát`, hint: t`Đọc được mọi hội thoại và nhật ký, không thay đổi gì.` },
  };
}
