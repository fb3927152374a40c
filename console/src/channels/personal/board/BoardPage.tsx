import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconDeviceMobilePlus, IconFilterOff, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { ErrorPanel } from "../../../shared/ui/ErrorPanel";
import { PageFrame } from "../../../shared/ui/PageFrame";
import { RowsSkeleton } from "../../../shared/ui/Rows";
import { StatePanel } from "../../../shared/ui/StatePanel";
import { personalAccountsQuery } from "../queries";
import type { PersonalAccount } from "../types";
import { usePersonalRights } from "../words";
import { BoardFilters } from "./BoardFilters";
import classes from "./BoardPage.module.css";
import { BoardTable } from "./BoardTable";
import { BulkBar } from "./BulkBar";
import { KillButton, StoppedBanner } from "./KillSwitch";
import { boardRows } from "./rows";

/** All personal accounts on one board; who only holds some sees those. */
export function BoardPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { manages, reads } = usePersonalRights();
  const query = useQuery(personalAccountsQuery);
  const accounts = query.data?.items;
  const stopped = query.data?.stopped ?? null;
  return (
    <PageFrame
      title={reads ? t`Zalo cá nhân` : t`Zalo của tôi`}
      lead={
        reads
          ? t`Các tài khoản Zalo mà nhân viên dùng để làm việc với khách.`
          : t`Các tài khoản Zalo mà bạn giữ và dùng để làm việc với khách.`
      }
      {...(reads && { back: { to: "/channel-accounts", label: t`Tài khoản kênh` } })}
      actions={
        <div className={classes.actions}>
          {manages && !stopped && accounts && accounts.length > 0 && <KillButton />}
          <Button
            leftSection={<IconPlus size={16} />}
            renderRoot={(props) => <Link to="/personal-accounts/new" {...props} />}
          >
            {t`Kết nối Zalo cá nhân`}
          </Button>
        </div>
      }
    >
      {stopped && <StoppedBanner stopped={stopped} />}
      {query.isPending && <RowsSkeleton label={t`Đang tải tài khoản Zalo cá nhân`} count={8} height={58} />}
      {query.isError && !accounts && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {accounts?.length === 0 && (
        <StatePanel
          icon={IconDeviceMobilePlus}
          title={t`Chưa có tài khoản Zalo cá nhân nào`}
          action={{
            label: t`Kết nối Zalo cá nhân`,
            onClick: () => void navigate({ to: "/personal-accounts/new" }),
          }}
        >
          {t`Người giữ tài khoản mở Zalo trên điện thoại và quét một mã. Mất chừng một phút.`}
        </StatePanel>
      )}
      {accounts && accounts.length > 0 && <Board accounts={accounts} />}
    </PageFrame>
  );
}

function Board({ accounts }: { accounts: PersonalAccount[] }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { manages } = usePersonalRights();
  const given = useSearch({ from: "/app/admin/personal-accounts" });
  const rows = useMemo(() => boardRows(accounts, given), [accounts, given]);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const select = (ids: readonly number[], on: boolean) =>
    setSelected((before) => {
      const after = new Set(before);
      for (const id of ids) {
        if (on) after.add(id);
        else after.delete(id);
      }
      return after;
    });
  const chosen = accounts.filter((one) => selected.has(one.id));
  return (
    <>
      <BoardFilters accounts={accounts} />
      {rows.length === 0 ? (
        <StatePanel
          icon={IconFilterOff}
          title={t`Không có tài khoản nào như vậy`}
          action={{
            label: t`Bỏ các bộ lọc`,
            onClick: () => void navigate({ to: "/personal-accounts", search: {}, replace: true }),
          }}
        >
          {t`Hãy thử tên khác, hoặc bớt điều kiện lọc.`}
        </StatePanel>
      ) : (
        <BoardTable rows={rows} selected={selected} select={manages ? select : null} />
      )}
      {chosen.length > 0 && <BulkBar chosen={chosen} clear={() => setSelected(new Set())} />}
    </>
  );
}
