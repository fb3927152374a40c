import { useLingui } from "@lingui/react/macro";
import { Problem } from "../api/problem";

/** What happened and what to do, in the reader's language. The server's own words win over ours. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useLingui();
  return (error) => {
    if (!(error instanceof Problem)) return t`Có lỗi trong trang này. Hãy tải lại trang.`;
    if (error.detail) return error.detail;
    if (error.title) return error.title;
    if (error.offline) return t`Không kết nối được tới máy chủ. Hãy kiểm tra mạng rồi thử lại.`;
    if (error.status >= 500) return t`Máy chủ đang gặp lỗi. Hãy thử lại sau ít phút.`;
    return t`Yêu cầu không thực hiện được. Hãy tải lại trang rồi thử lại.`;
  };
}
