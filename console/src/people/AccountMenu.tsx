import { useLingui } from "@lingui/react/macro";
import { Popover, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconKeyboard, IconLogout, IconShieldCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ColorScheme, Locale } from "../api/types";
import { useIsPhone } from "../shared/breakpoints";
import { Face } from "../shared/ui/Face";
import classes from "./AccountMenu.module.css";
import { useMe } from "./session";
import { useRoleWords } from "./staff/words";
import { usePreferences } from "./usePreferences";
import { useSignOut } from "./useSignOut";

/** Who is signed in, their language and colours, and the way out. */
export function AccountMenu({ trigger, showShortcuts }: { trigger: ReactNode; showShortcuts: () => void }) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const phone = useIsPhone();
  const signOut = useSignOut();
  const preferences = usePreferences();
  const { colorScheme } = useMantineColorScheme();
  const [opened, { toggle, close }] = useDisclosure();
  const name = t`Tài khoản của ${me.name}`;
  const roles = useRoleWords();
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
          onClick={toggle}
        >
          {trigger}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.menu} aria-label={name}>
        <div className={classes.person}>
          <Face name={me.name} size={40} />
          <div className={classes.who}>
            <span className={classes.name}>{me.name}</span>
            <span className={classes.role}>{roles[me.role].name}</span>
          </div>
        </div>
        <div className={classes.choice}>
          <span>{t`Ngôn ngữ`}</span>
          <SegmentedControl
            fullWidth
            size={phone ? "md" : "xs"}
            aria-label={t`Ngôn ngữ`}
            value={i18n.locale}
            onChange={(value) => preferences.chooseLocale(value as Locale)}
            data={[
              { value: "vi", label: t`Tiếng Việt` },
              { value: "en", label: t`English` },
            ]}
          />
        </div>
        <div className={classes.choice}>
          <span>{t`Màu nền`}</span>
          <SegmentedControl
            fullWidth
            size={phone ? "md" : "xs"}
            aria-label={t`Màu nền`}
            value={colorScheme}
            onChange={(value) => preferences.chooseColorScheme(value as ColorScheme)}
            data={[
              { value: "auto", label: t`Theo máy` },
              { value: "light", label: t`Sáng` },
              { value: "dark", label: t`Tối` },
            ]}
          />
        </div>
        <hr className={classes.line} />
        <Link to="/account" className={classes.item} onClick={close}>
          <IconShieldCheck size={18} stroke={1.5} aria-hidden />
          {t`Tài khoản và bảo mật`}
        </Link>
        {!phone && (
          <UnstyledButton
            className={classes.item}
            onClick={() => {
              close();
              showShortcuts();
            }}
          >
            <IconKeyboard size={18} stroke={1.5} aria-hidden />
            {t`Phím tắt`}
          </UnstyledButton>
        )}
        <UnstyledButton
          className={classes.item}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          <IconLogout size={18} stroke={1.5} aria-hidden />
          {t`Đăng xuất`}
        </UnstyledButton>
      </Popover.Dropdown>
    </Popover>
  );
}
