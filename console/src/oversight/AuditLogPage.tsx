import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { IconChevronDown, IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useDates } from "../shared/time/useDates";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { AuditRow } from "./AuditRow";
import { LogFilters } from "./LogFilters";
import filters from "./LogFilters.module.css";
import { LogList } from "./LogList";
import { auditActionsQuery, auditLogQuery } from "./queries";
import { useNarrow } from "./useNarrow";

/** Who changed what: people, rights, customers' custody, accounts, settings. */
export function AuditLogPage() {
  const { t } = useLingui();
  const { zone } = useDates();
  const search = useSearch({ from: "/app/admin/audit-log" });
  const narrow = useNarrow("/audit-log");
  const actions = useQuery(auditActionsQuery).data?.items ?? [];
  const query = useInfiniteQuery(auditLogQuery(search, zone));
  return (
    <PageFrame
      title={t`Nhật ký thao tác`}
      lead={t`Ai đã thay đổi nhân viên, quyền, người phụ trách, tài khoản kênh và các thiết lập. Nhật ký này không ai sửa hay xóa được.`}
    >
      <LogFilters search={search} narrow={narrow}>
        <NativeSelect
          size="md"
          className={filters.choice}
          aria-label={t`Thao tác`}
          rightSection={<IconChevronDown size={16} stroke={1.6} />}
          value={search.action ?? ""}
          onChange={(event) => narrow({ action: event.currentTarget.value })}
          data={[
            { value: "", label: t`Mọi thao tác` },
            ...actions.map((one) => ({ value: one.action, label: one.text })),
          ]}
        />
      </LogFilters>
      <LogList
        query={query}
        loading={t`Đang tải nhật ký thao tác`}
        empty={
          <StatePanel icon={IconHistory} title={t`Chưa có thao tác nào`}>
            {t`Khi có người thay đổi điều gì, thao tác đó hiện ở đây. Hãy thử bớt điều kiện lọc nếu bạn đang lọc.`}
          </StatePanel>
        }
        row={(entry) => <AuditRow entry={entry} />}
      />
    </PageFrame>
  );
}
