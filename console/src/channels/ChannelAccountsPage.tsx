import { Trans, useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { ChannelAccountCard } from "./ChannelAccountCard";
import classes from "./ChannelAccountsPage.module.css";
import { channelAccountsQuery } from "./queries";

const ADD_COMMAND = "sokhach channel add zalo-oa --app-id … --app-secret … --oa-id … --oa-secret …";

export function ChannelAccountsPage() {
  const { t } = useLingui();
  const query = useQuery(channelAccountsQuery);
  const accounts = query.data?.items;
  return (
    <PageFrame
      title={t`Tài khoản kênh`}
      lead={t`Các tài khoản mà khách hàng nhắn tới, và tình trạng của chúng.`}
    >
      {query.isPending && (
        <div className={classes.grid} role="status" aria-label={t`Đang tải tài khoản kênh`}>
          <Skeleton height={228} />
          <Skeleton height={228} />
        </div>
      )}
      {query.isError && !accounts && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {accounts?.length === 0 && (
        <StatePanel icon={IconPlugConnected} title={t`Chưa có tài khoản kênh nào`}>
          <p>{t`Thêm tài khoản Zalo OA bằng lệnh này trên máy chủ:`}</p>
          <pre className={classes.command}>
            <code translate="no">{ADD_COMMAND}</code>
          </pre>
          <p>
            <Trans>Các mã lấy ở trang quản lý ứng dụng của Zalo. Thêm xong, tài khoản sẽ hiện ở đây.</Trans>
          </p>
        </StatePanel>
      )}
      {accounts && accounts.length > 0 && (
        <ul className={classes.grid}>
          {accounts.map((account) => (
            <li key={account.id}>
              <ChannelAccountCard account={account} />
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  );
}
