import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Kbd, Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { ConversationDetail } from "../../api/types";
import { useIsPhone } from "../../shared/breakpoints";
import { useShortcuts } from "../../shared/keyboard/useShortcuts";
import { BottomSheet } from "../../shared/ui/BottomSheet";
import { SheetLine } from "../../shared/ui/SheetLine";
import { type CustodyDialog, useCustodyDialog } from "./CustodyContext";
import classes from "./CustodyMenu.module.css";
import { useCustodyItems } from "./useCustodyItems";

/** In the header: to whom the conversation can go. */
export function CustodyMenu({ conversation }: { conversation: ConversationDetail }) {
  const { t } = useLingui();
  const phone = useIsPhone();
  const items = useCustodyItems(conversation);
  const open = useCustodyDialog();
  const [sheet, setSheet] = useState(false);
  const press = (dialog: CustodyDialog) => () => {
    if (items.some((item) => item.dialog === dialog)) open(dialog);
  };
  useShortcuts({ t: press("transfer"), a: press("assign"), s: press("share") });
  if (items.length === 0) return null;
  const label = t`Phụ trách và chia sẻ`;
  if (phone)
    return (
      <>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={44}
          aria-label={label}
          aria-haspopup="dialog"
          onClick={() => setSheet(true)}
        >
          <IconDots size={22} />
        </ActionIcon>
        {sheet && (
          <BottomSheet title={label} close={() => setSheet(false)} classNames={{ body: classes.body }}>
            {items.map(({ dialog, label: words, icon: Icon }) => (
              <SheetLine
                key={dialog}
                icon={Icon}
                press={() => {
                  setSheet(false);
                  open(dialog);
                }}
              >
                {words}
              </SheetLine>
            ))}
          </BottomSheet>
        )}
      </>
    );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} title={label}>
          <IconDots size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ dialog, label: words, key, icon: Icon }) => (
          <Menu.Item
            key={dialog}
            leftSection={<Icon size={18} stroke={1.6} />}
            rightSection={key && <Kbd size="xs">{key}</Kbd>}
            onClick={() => open(dialog)}
          >
            {words}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
