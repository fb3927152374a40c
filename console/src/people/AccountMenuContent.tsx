import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { IconDeviceMobile, IconKeyboard, IconLogout, IconShieldCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ColorScheme, Locale } from "../api/types";
import { useIsPhone } from "../shared/breakpoints";
import { Face } from "../shared/ui/Face";
import classes from "./AccountMenu.module.css";
import { useRoleWords } from "./roles";
import { useMe } from "./session";
import { usePreferences } from "./usePreferences";
import { useSignOut } from "./useSignOut";

/** What stands in the menu of whoever is signed in. Read when it is first opened. */
export function AccountMenuContent({
  close,
  showShortcuts,
}: {
  close: () => void;
  showShortcuts: () => void;
}) {
  const { t, i18n } = useLingui();
  const me = useMe();
  const phone = useIsPhone();
  const signOut = useSignOut();
  const preferences = usePreferences();
  const { colorScheme } = useMantineColorScheme();
  const roles = useRoleWords();
  return (
    <>
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
      <Link to="/personal-accounts" className={classes.item} onClick={close}>
        <IconDeviceMobile size={18} stroke={1.5} aria-hidden />
        {t`Zalo của tôi`}
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
      <UnstyledButton className={classes.item} disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        <IconLogout size={18} stroke={1.5} aria-hidden />
        {t`Đăng xuất`}
      </UnstyledButton>
    </>
  );
}
