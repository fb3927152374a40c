import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, Skeleton } from "@mantine/core";
import { IconShieldCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { PrivacyRequest, PrivacyState } from "../api/admin";
import { useCan } from "../people/session";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { ClosureDialog } from "./ClosureDialog";
import { PrivacyRequestCard } from "./PrivacyRequestCard";
import classes from "./PrivacyRequestsPage.module.css";
import { privacyRequestsQuery } from "./queries";

/** What customers ask about their data, with the term of the law running. Nothing is deleted by itself. */
export function PrivacyRequestsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { state } = useSearch({ from: "/app/admin/privacy-requests" });
  const query = useQuery(privacyRequestsQuery(state));
  const canClose = useCan("privacy_request:close");
  const [closing, setClosing] = useState<PrivacyRequest | null>(null);
  const items = query.data?.items;
  const show = (value: string) =>
    void navigate({ to: "/privacy-requests", search: { state: value as PrivacyState }, replace: true });
  return (
    <PageFrame
      title={t`Yêu cầu riêng tư`}
      lead={t`Khách rút lại đồng ý về dữ liệu cá nhân. Phải xử lý trong 72 giờ. Không có gì tự bị xóa.`}
      actions={
        <SegmentedControl
          aria-label={t`Yêu cầu`}
          value={state}
          onChange={show}
          data={[
            { value: "open", label: t`Đang mở` },
            { value: "closed", label: t`Đã đóng` },
          ]}
        />
      }
    >
      {query.isPending && (
        <div className={classes.list} role="status" aria-label={t`Đang tải yêu cầu riêng tư`}>
          <Skeleton height={104} />
          <Skeleton height={104} />
        </div>
      )}
      {query.isError && !items && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {items?.length === 0 && (
        <StatePanel
          icon={IconShieldCheck}
          title={state === "open" ? t`Không có yêu cầu nào đang mở` : t`Chưa đóng yêu cầu nào`}
        >
          {state === "open"
            ? t`Khi khách rút lại đồng ý trên Zalo, yêu cầu hiện ở đây cùng thời hạn.`
            : t`Yêu cầu đã xử lý xong được giữ ở đây, cùng ghi chú của người đóng.`}
        </StatePanel>
      )}
      {items && items.length > 0 && (
        <ul className={classes.list}>
          {items.map((item) => (
            <li key={item.id}>
              <PrivacyRequestCard request={item} {...(canClose && { close: () => setClosing(item) })} />
            </li>
          ))}
        </ul>
      )}
      {closing && <ClosureDialog request={closing} done={() => setClosing(null)} />}
    </PageFrame>
  );
}
