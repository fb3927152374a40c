import { useLingui } from "@lingui/react/macro";
import { Drawer } from "@mantine/core";
import type { ConversationDetail } from "../api/types";
import { useCloseButton } from "../shared/ui/useCloseButton";
import { CustomerCard } from "./CustomerCard";
import classes from "./CustomerPanel.module.css";

type Props = { conversation: ConversationDetail; docked: boolean; shown: boolean; toggle: () => void };

export function CustomerPanel({ conversation, docked, shown, toggle }: Props) {
  const { t } = useLingui();
  const closeButton = useCloseButton();
  const title = conversation.kind === "group" ? t`Nhóm` : t`Khách hàng`;
  if (docked) {
    if (!shown) return null;
    return (
      <aside className={classes.panel} aria-label={title}>
        <h2 className={classes.title}>{title}</h2>
        <CustomerCard conversation={conversation} />
      </aside>
    );
  }
  return (
    <Drawer
      opened={shown}
      onClose={toggle}
      position="right"
      size={340}
      title={title}
      closeButtonProps={closeButton}
    >
      <CustomerCard conversation={conversation} />
    </Drawer>
  );
}
