import { useLingui } from "@lingui/react/macro";
import { IconEye } from "@tabler/icons-react";
import { useMe } from "../../people/session";
import classes from "./Closed.module.css";

/** Stands where one cannot answer, and says why. */
export function Closed() {
  const { t } = useLingui();
  const me = useMe();
  return (
    <p className={classes.root} role="note">
      <IconEye className={classes.icon} size={18} stroke={1.6} aria-hidden />
      {me.role === "auditor"
        ? t`Chỉ đọc. Vai trò kiểm soát xem được mọi hội thoại và không trả lời hay thay đổi gì.`
        : t`Chỉ đọc. Bạn chưa có quyền trả lời khách; hãy hỏi người quản trị nếu cần.`}
    </p>
  );
}
