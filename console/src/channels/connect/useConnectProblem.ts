import { useLingui } from "@lingui/react/macro";

type Words = { title: string; text: string };

/** What the address says of a consent that failed, in plain words, with the next step. */
export function useConnectProblem(slug: string): Words {
  const { t } = useLingui();
  const again = t`Chưa có gì thay đổi. Hãy thử lại sau ít phút.`;
  switch (slug) {
    case "connection-app-inactive":
      return {
        title: t`Ứng dụng Zalo chưa dùng được`,
        text: t`Ứng dụng đang tắt, hoặc người cấp quyền không phải quản trị viên của OA. Hãy bật ứng dụng trên trang của Zalo rồi kết nối lại.`,
      };
    case "connection-redirect-mismatch":
      return {
        title: t`Địa chỉ quay về không khớp`,
        text: t`Callback URL khai báo trên Zalo khác với địa chỉ của hệ thống này. Hãy chép lại đúng địa chỉ ở bước 3 rồi kết nối lại.`,
      };
    case "connection-refused":
      return {
        title: t`Zalo chưa cấp quyền`,
        text: t`Người cấp quyền đã từ chối, hoặc khóa bí mật chưa đúng. Hãy kiểm tra các khóa rồi kết nối lại.`,
      };
    case "connection-expired":
      return {
        title: t`Đã quá thời gian cấp quyền`,
        text: t`Mỗi lần cấp quyền có hiệu lực 10 phút và dùng một lần. Hãy kết nối lại.`,
      };
    case "connection-other-oa":
      return {
        title: t`Đã chọn OA khác`,
        text: t`OA vừa cấp quyền không phải tài khoản đang kết nối lại. Hãy kết nối lại và chọn đúng OA.`,
      };
    case "connection-credentials-lost":
      return {
        title: t`Không đọc được khóa bí mật đã lưu`,
        text: t`Khóa mã hóa của máy chủ đã thay đổi. Hãy kết nối OA này như kết nối mới và nhập lại các khóa.`,
      };
    case "connection-unreachable":
      return { title: t`Không gọi được Zalo`, text: again };
    case "connection-unanswered":
      return { title: t`Zalo không trả lời`, text: again };
    case "not-signed-in":
      return {
        title: t`Phiên đăng nhập đã hết`,
        text: t`Bạn bị đăng xuất trong lúc cấp quyền. Hãy kết nối lại.`,
      };
    case "not-permitted":
      return { title: t`Bạn chưa có quyền này`, text: t`Hãy nhờ quản trị kết nối tài khoản.` };
    default:
      return { title: t`Chưa kết nối được`, text: again };
  }
}
