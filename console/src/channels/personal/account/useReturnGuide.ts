import { useLingui } from "@lingui/react/macro";
import type { PersonalAccount } from "../types";

export type ReturnGuide = {
  why: string;
  steps: string[];
  /** What one press asks for; null where pressing does not help. */
  act: "start" | "return" | null;
  /** Whether a new code may be needed, or is. */
  scan: boolean;
};

/** What happened to an account that does not run, and what a person does about it. Null: it runs. */
export function useReturnGuide(): (account: Pick<PersonalAccount, "state">) => ReturnGuide | null {
  const { t } = useLingui();
  return ({ state }) => {
    switch (state) {
      case "online":
      case "connecting":
        return null;
      case "offline":
        return {
          why: t`Đường truyền tới Zalo bị đứt. Hệ thống đang tự nối lại, bạn không cần làm gì.`,
          steps: [],
          act: "return",
          scan: false,
        };
      case "taken_over":
        return {
          why: t`Zalo chỉ cho một máy dùng Zalo Web một lúc. Có người vừa mở Zalo Web hoặc Zalo PC bằng tài khoản này nên ở đây bị ngắt. Hệ thống không tự giành lại, để hai bên không đẩy nhau ra.`,
          steps: [
            t`Đóng Zalo Web và Zalo PC ở máy kia; trên điện thoại cứ dùng như thường.`,
            t`Bấm Kết nối lại. Tin đến trong lúc mất kết nối sẽ được đọc bù.`,
          ],
          act: "return",
          scan: false,
        };
      case "kicked":
        return {
          why: t`Zalo đã kết thúc phiên đăng nhập này, thường vì có người đăng xuất thiết bị trong phần cài đặt của Zalo.`,
          steps: [
            t`Hỏi người giữ xem có vừa đăng xuất thiết bị lạ, hoặc vừa đổi mật khẩu Zalo không.`,
            t`Bấm Kết nối lại. Nếu Zalo vẫn từ chối, hãy quét mã lại.`,
          ],
          act: "return",
          scan: true,
        };
      case "needs_login":
        return {
          why: t`Phiên đăng nhập đã hết hạn. Zalo cần người giữ quét mã một lần nữa; hội thoại và lịch sử vẫn còn nguyên.`,
          steps: [
            t`Chuẩn bị điện thoại đang đăng nhập đúng tài khoản này.`,
            t`Bấm Quét mã lại, quét mã trong vòng một phút rồi xác nhận trên điện thoại.`,
          ],
          act: null,
          scan: true,
        };
      case "stopped":
        return {
          why: t`Tài khoản được tạm dừng. Lúc này không gửi và không ghi được tin nào.`,
          steps: [],
          act: "start",
          scan: false,
        };
      default:
        return {
          why: t`Kết nối còn mở nhưng Zalo không gửi gì về nữa, kể cả tín hiệu giữ nhịp. Hệ thống đã đóng kết nối đó và đang tự nối lại.`,
          steps: [
            t`Nếu vài phút nữa vẫn vậy, kiểm tra Zalo trên điện thoại của người giữ có nhắn được không. Nếu tài khoản bị khóa, hãy mở khóa ở đó trước.`,
            t`Sau đó bấm Kết nối lại. Nếu vẫn không có tín hiệu, hãy quét mã lại.`,
          ],
          act: "return",
          scan: true,
        };
    }
  };
}
