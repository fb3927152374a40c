import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconUserSearch } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { MoreButton } from "../../shared/ui/MoreButton";
import { Rows, RowsSkeleton } from "../../shared/ui/Rows";
import { StatePanel } from "../../shared/ui/StatePanel";
import { useCan } from "../session";
import { type StaffFilter, staffListQuery } from "./queries";
import { StaffFilters } from "./StaffFilters";
import classes from "./StaffList.module.css";
import { StaffRow } from "./StaffRow";

export function StaffList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const given = useSearch({ from: "/app/admin/staff" });
  const filter: StaffFilter = {
    search: given.search ?? "",
    role: given.role ?? null,
    team: given.team ?? null,
    state: given.state ?? "active",
  };
  const canRead = useCan("staff:read");
  const query = useInfiniteQuery(staffListQuery(filter));
  const items = query.data?.pages.flatMap((page) => page.items);
  const total = query.data?.pages.at(-1)?.total ?? 0;
  const failed = query.isError && !items;
  return (
    <>
      {canRead && !failed && <StaffFilters />}
      {query.isPending && <RowsSkeleton label={t`Đang tải danh sách nhân viên`} count={6} height={60} />}
      {failed && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {items?.length === 0 && (
        <StatePanel
          icon={IconUserSearch}
          title={t`Không có ai như vậy`}
          action={{
            label: t`Bỏ các bộ lọc`,
            onClick: () => void navigate({ to: "/staff", search: {}, replace: true }),
          }}
        >
          {t`Hãy thử tên khác, hoặc bớt điều kiện lọc.`}
        </StatePanel>
      )}
      {items && items.length > 0 && (
        <>
          <p className={classes.total} role="status">
            {t`${plural(total, { one: "# người", other: "# người" })}`}
          </p>
          <Rows busy={query.isPlaceholderData} cards>
            {items.map((member) => (
              <li key={member.id}>
                <StaffRow member={member} />
              </li>
            ))}
          </Rows>
        </>
      )}
      <MoreButton query={query} mt={12} />
    </>
  );
}
