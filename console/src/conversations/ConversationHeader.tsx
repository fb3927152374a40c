import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowLeft,
  IconCheck,
  IconLayoutSidebarRight,
  IconLayoutSidebarRightFilled,
  IconRotate2,
} from "@tabler/icons-react";
import { Link, useRouter } from "@tanstack/react-router";
import { Fragment, type MouseEvent } from "react";
import type { ConversationDetail, View } from "../api/types";
import { ChannelFace } from "../channels/ChannelFace";
import { useIsPhone } from "../shared/breakpoints";
import { useShortcuts } from "../shared/keyboard/useShortcuts";
import { useProblemText } from "../shared/useProblemText";
import classes from "./ConversationHeader.module.css";
import { may } from "./custody/actions";
import { CustodyMenu } from "./custody/CustodyMenu";
import { WaitingTime } from "./list/WaitingTime";
import { useResolution } from "./useResolution";

type Props = { conversation: ConversationDetail; view: View; panelShown: boolean; togglePanel: () => void };

export function ConversationHeader({ conversation, view, panelShown, togglePanel }: Props) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const resolution = useResolution(conversation.id, conversation.last_message?.id ?? null);
  const problemText = useProblemText();
  const router = useRouter();
  const Name = phone ? "h1" : "h2";
  const open = conversation.episode_open;
  const resolveLabel = open ? t`Kết thúc phiên` : t`Mở lại phiên`;
  const ResolveIcon = open ? IconCheck : IconRotate2;
  // Where nothing was said yet, there is nothing to end nor to open again.
  const resolvable = may(conversation, "resolve") && (open || conversation.last_message !== null);
  const resolve = () => {
    if (resolvable && !resolution.isPending) resolution.mutate(!open);
  };
  useShortcuts({ e: resolve });
  // Back as the phone's own gesture goes, so that the two never lead to different places.
  const back = (event: MouseEvent) => {
    if (!router.state.location.state.fromList) return;
    event.preventDefault();
    router.history.back();
  };
  const { code } = conversation;
  const account = conversation.account.name;
  const custodian = conversation.custodian?.name;
  const carer = custodian ? t`${custodian} phụ trách` : t`Chưa có người phụ trách`;
  const panelLabel = panelShown ? t`Ẩn thông tin khách hàng` : t`Hiện thông tin khách hàng`;
  return (
    <>
      <header className={classes.root}>
        {phone && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={t`Về danh sách`}
            onClick={back}
            renderRoot={(props) => <Link to="/conversations" search={{ view }} {...props} />}
          >
            <IconArrowLeft size={22} />
          </ActionIcon>
        )}
        <ChannelFace
          name={conversation.title}
          src={conversation.contact?.avatar_url ?? null}
          account={conversation.account}
          size={36}
        />
        <div className={classes.text}>
          <Name className={classes.name}>{conversation.title}</Name>
          <p className={classes.meta}>
            {(phone ? [carer, account, code] : [account, carer, code]).map((part, index) => (
              <Fragment key={part}>
                {index > 0 && <span aria-hidden>{" · "}</span>}
                {part}
              </Fragment>
            ))}
          </p>
        </div>
        {conversation.waiting_since && !phone && (
          <span className={classes.waiting}>
            <WaitingTime since={conversation.waiting_since} words />
          </span>
        )}
        {resolvable && phone && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={resolveLabel}
            loading={resolution.isPending}
            onClick={resolve}
          >
            <ResolveIcon size={22} />
          </ActionIcon>
        )}
        {resolvable && !phone && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<ResolveIcon size={16} />}
            loading={resolution.isPending}
            onClick={resolve}
          >
            {resolveLabel}
          </Button>
        )}
        <CustodyMenu conversation={conversation} />
        <Tooltip label={panelLabel}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={phone ? 44 : 32}
            aria-label={panelLabel}
            aria-pressed={panelShown}
            onClick={togglePanel}
          >
            {panelShown ? <IconLayoutSidebarRightFilled size={20} /> : <IconLayoutSidebarRight size={20} />}
          </ActionIcon>
        </Tooltip>
      </header>
      {resolution.error && (
        <p className={classes.problem} role="alert">
          {problemText(resolution.error)}
        </p>
      )}
    </>
  );
}
