import { useLingui } from "@lingui/react/macro";
import { Popover, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ComponentType, type ReactNode, useState } from "react";
import { useIsPhone } from "../shared/breakpoints";
import classes from "./AccountMenu.module.css";
import { useMe } from "./session";

type ContentType = ComponentType<{ close: () => void; showShortcuts: () => void }>;

/** Who is signed in, their language and colours, and the way out. */
export function AccountMenu({ trigger, showShortcuts }: { trigger: ReactNode; showShortcuts: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const phone = useIsPhone();
  const [opened, { toggle, close }] = useDisclosure();
  const [Content, setContent] = useState<ContentType | null>(null);
  // It opens with what stands in it, so that the focus finds its way in.
  const press = async () => {
    if (!Content) {
      const read = (await import("./AccountMenuContent")).AccountMenuContent;
      setContent(() => read);
    }
    toggle();
  };
  const name = t`Tài khoản của ${me.name}`;
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      position={phone ? "top-end" : "right-end"}
      width={272}
      offset={12}
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.trigger}
          // On a phone the words below the picture name it.
          aria-label={phone ? undefined : name}
          onClick={() => void press()}
        >
          {trigger}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={name}>
        {Content && <Content close={close} showShortcuts={showShortcuts} />}
      </Popover.Dropdown>
    </Popover>
  );
}
