import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader, Popover, Tooltip } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { focusComposer } from "../../../shared/keyboard/targets";
import { BottomSheet } from "../../../shared/ui/BottomSheet";
import classes from "./EmojiButton.module.css";

const EmojiPicker = lazy(() => import("./EmojiPicker"));

type Props = { pick: (char: string) => void };

function Waiting() {
  return (
    <div className={classes.waiting}>
      <Loader size="sm" color="gray" />
    </div>
  );
}

/** Opens the emojis above the composer; Escape leads back to what was being written. */
export function EmojiButton({ pick }: Props) {
  const { t } = useLingui();
  const [opened, setOpened] = useState(false);
  const label = t`Chèn biểu tượng cảm xúc`;
  const close = () => {
    // At once: whoever has gone on to something else must not be called back to the composer.
    focusComposer();
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && setOpened(false)}
      // Escape leads back to the composer; a click elsewhere has its own target.
      closeOnEscape={false}
      position="top-start"
      width={332}
      shadow="md"
      trapFocus
      withinPortal
    >
      <Popover.Target>
        <Tooltip label={label} disabled={opened}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={label}
            onClick={() => (opened ? close() : setOpened(true))}
          >
            <IconMoodSmile size={20} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
          event.stopPropagation();
          close();
        }}
      >
        <Suspense fallback={<Waiting />}>
          <EmojiPicker pick={pick} close={close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

/** The same from below, on a phone. */
export function EmojiSheet({ pick, close }: Props & { close: () => void }) {
  const { t } = useLingui();
  return (
    <BottomSheet title={t`Chèn biểu tượng cảm xúc`} close={close}>
      <Suspense fallback={<Waiting />}>
        <EmojiPicker pick={pick} close={close} />
      </Suspense>
    </BottomSheet>
  );
}
