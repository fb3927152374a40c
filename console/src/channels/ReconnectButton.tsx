import { useLingui } from "@lingui/react/macro";
import { Button, type ButtonProps } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import type { ChannelAccount } from "../api/types";
import { useCan } from "../people/session";
import { useProblemText } from "../shared/useProblemText";
import { useReconnect } from "./queries";
import classes from "./ReconnectButton.module.css";

type Props = { account: ChannelAccount; size?: NonNullable<ButtonProps["size"]> };

/** One press leads to the channel's own page of consent, which leads back here. */
export function ReconnectButton({ account, size = "sm" }: Props) {
  const { t } = useLingui();
  const canManage = useCan("channel_account:manage");
  const reconnect = useReconnect();
  const problemText = useProblemText();
  if (!canManage || account.channel !== "zalo_oa") return null;
  return (
    <>
      <Button
        variant="default"
        size={size}
        leftSection={<IconPlugConnected size={16} stroke={1.6} />}
        // It stays busy until the browser has left.
        loading={reconnect.isPending || reconnect.isSuccess}
        onClick={() => reconnect.mutate(account.id)}
      >
        {t`Kết nối lại`}
      </Button>
      {reconnect.error && (
        <p className={classes.problem} role="alert">
          {problemText(reconnect.error)}
        </p>
      )}
    </>
  );
}
