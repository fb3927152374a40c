import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import type { ChannelAccountDetail } from "../../api/admin";
import { useCan } from "../../people/session";
import { useProblemText } from "../../shared/useProblemText";
import { useRefreshAccount } from "../queries";
import { ReconnectButton } from "../ReconnectButton";
import classes from "./AccountActions.module.css";

export function AccountActions({ account }: { account: ChannelAccountDetail }) {
  const { t } = useLingui();
  const canManage = useCan("channel_account:manage");
  const refresh = useRefreshAccount(account.id);
  const problemText = useProblemText();
  if (!canManage) return null;
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        leftSection={<IconRefresh size={16} stroke={1.6} />}
        loading={refresh.isPending}
        onClick={() => refresh.mutate()}
      >
        {t`Cập nhật từ Zalo`}
      </Button>
      <ReconnectButton account={account} />
      {refresh.isSuccess && (
        <p className={classes.asked} role="status">
          {t`Đã hỏi Zalo. Số liệu mới sẽ tự hiện.`}
        </p>
      )}
      {refresh.error && (
        <p className={classes.problem} role="alert">
          {problemText(refresh.error)}
        </p>
      )}
    </div>
  );
}
