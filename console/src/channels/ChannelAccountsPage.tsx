import { useLingui } from "@lingui/react/macro";
import { Button, Skeleton } from "@mantine/core";
import { IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useCan } from "../people/session";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { ChannelAccountCard } from "./ChannelAccountCard";
import classes from "./ChannelAccountsPage.module.css";
import { ConnectProblem } from "./connect/ConnectProblem";
import { PersonalSummary } from "./PersonalSummary";
import { channelAccountsQuery } from "./queries";

export function ChannelAccountsPage() {
  const { t } = useLingui();
  const query = useQuery(channelAccountsQuery);
  const canManage = useCan("channel_account:manage");
  const navigate = useNavigate();
  const { problem } = useSearch({ from: "/app/admin/channel-accounts" });
  const accounts = query.data?.items;
  // Hundreds of them: they have a board of their own.
  const personal = accounts?.filter((one) => one.channel === "zalo_personal") ?? [];
  const others = accounts?.filter((one) => one.channel !== "zalo_personal") ?? [];
  return (
    <PageFrame
      title={t`Tài khoản kênh`}
      lead={t`Các tài khoản mà khách hàng nhắn tới, và tình trạng của chúng.`}
      actions={
        canManage &&
        accounts && (
          <div className={classes.actions}>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} />}
              renderRoot={(props) => <Link to="/personal-accounts/new" {...props} />}
            >
              {t`Kết nối Zalo cá nhân`}
            </Button>
            {accounts.length > 0 && (
              <Button
                leftSection={<IconPlus size={16} />}
                renderRoot={(props) => <Link to="/channel-accounts/new" {...props} />}
              >
                {t`Kết nối Zalo OA`}
              </Button>
            )}
          </div>
        )
      }
    >
      {problem && (
        <ConnectProblem
          slug={problem}
          close={() => void navigate({ to: "/channel-accounts", replace: true })}
        />
      )}
      {query.isPending && (
        <div className={classes.grid} role="status" aria-label={t`Đang tải tài khoản kênh`}>
          <Skeleton height={320} />
          <Skeleton height={320} />
        </div>
      )}
      {query.isError && !accounts && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {accounts?.length === 0 && (
        <StatePanel
          icon={IconPlugConnected}
          title={t`Chưa có tài khoản kênh nào`}
          {...(canManage && {
            action: {
              label: t`Kết nối Zalo OA`,
              onClick: () => void navigate({ to: "/channel-accounts/new" }),
            },
          })}
        >
          {canManage
            ? t`Kết nối Zalo OA để khách nhắn tới là hiện ở đây. Mất chừng năm phút.`
            : t`Hãy nhờ quản trị kết nối tài khoản đầu tiên.`}
        </StatePanel>
      )}
      {personal.length > 0 && <PersonalSummary accounts={personal} />}
      {others.length > 0 && (
        <ul className={classes.grid}>
          {others.map((account) => (
            <li key={account.id}>
              <ChannelAccountCard account={account} />
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  );
}
