import { useLingui } from "@lingui/react/macro";
import { Menu, SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ColorScheme, Locale } from "../api/types";
import { useIsPhone } from "../shared/breakpoints";
import { Face } from "../shared/ui/Face";
import classes from "./AccountMenu.module.css";
import { useMe } from "./session";
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
  const roles = { staff: t`Nhân viên`, lead: t`Trưởng nhóm`, manager: t`Quản lý`, admin: t`Quản trị` };
  return (
    <Menu
      position={phone ? "top-end" : "right-end"}
      width={272}
      offset={12}
      closeOnItemClick={false}
      shadow="md"
    >
      <Menu.Target>
        <UnstyledButton className={classes.trigger} aria-label={t`Tài khoản của ${me.name}`}>
          {trigger}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <div className={classes.person}>
          <Face name={me.name} size={40} />
          <div className={classes.who}>
            <span className={classes.name}>{me.name}</span>
            <span className={classes.role}>{roles[me.role]}</span>
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
        <Menu.Divider />
        {!phone && (
          <Menu.Item
            closeMenuOnClick
            leftSection={<IconKeyboard size={18} stroke={1.5} />}
            onClick={showShortcuts}
          >
            {t`Phím tắt`}
          </Menu.Item>
        )}
        <Menu.Item
          className={classes.item}
          leftSection={<IconLogout size={18} stroke={1.5} />}
          disabled={signOut.isPending}
          onClick={() => signOut.mutate()}
        >
          {t`Đăng xuất`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
