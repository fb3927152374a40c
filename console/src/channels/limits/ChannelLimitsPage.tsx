import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ChannelLimit } from "../../api/admin";
import { useCan } from "../../people/session";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { PageFrame } from "../../shared/ui/PageFrame";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { LimitDialog } from "./LimitDialog";
import { LimitRow } from "./LimitRow";
import { channelLimitsQuery } from "./queries";

/** What channels allow and charge, with its source and day: they change it often, and we may hear of it before an update does. */
export function ChannelLimitsPage() {
  const { t } = useLingui();
  const query = useQuery(channelLimitsQuery);
  const canManage = useCan("channel_limit:manage");
  const [edited, setEdited] = useState<ChannelLimit | null>(null);
  const limits = query.data?.items;
  return (
    <PageFrame
      title={t`Giới hạn và giá`}
      lead={t`Zalo hay thay đổi các con số này. Khi Zalo báo số mới, sửa ở đây là hệ thống dùng ngay.`}
    >
      {query.isPending && <RowsSkeleton label={t`Đang tải giới hạn và giá`} count={5} height={64} />}
      {query.isError && !limits && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {limits && (
        <Rows>
          {limits.map((limit) => (
            <li key={limit.key}>
              <LimitRow limit={limit} {...(canManage && { edit: () => setEdited(limit) })} />
            </li>
          ))}
        </Rows>
      )}
      {edited && <LimitDialog limit={edited} close={() => setEdited(null)} />}
    </PageFrame>
  );
}
