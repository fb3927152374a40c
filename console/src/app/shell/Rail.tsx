import { useLingui } from "@lingui/react/macro";
import { Tooltip } from "@mantine/core";
import { IconMessages, IconPlugConnected, IconProgressAlert } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { AccountMenu } from "../../people/AccountMenu";
import { useMe } from "../../people/session";
import { useIsPhone } from "../../shared/breakpoints";
import { Face } from "../../shared/ui/Face";
import { Mark } from "../../shared/ui/Mark";
import classes from "./Rail.module.css";

type Place = {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  short: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  permission: string | null;
};

/** Where one can go: a rail on the left, a bar at the bottom of a phone. Only what exists and what one may see. */
export function Rail({ showShortcuts }: { showShortcuts: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const phone = useIsPhone();
  const places: Place[] = [
    { to: "/conversations", label: t`Hội thoại`, short: t`Hội thoại`, icon: IconMessages, permission: null },
    {
      to: "/channel-accounts",
      label: t`Tài khoản kênh`,
      short: t`Kênh`,
      icon: IconPlugConnected,
      permission: "channel_account:read",
    },
    {
      to: "/quarantine",
      label: t`Tin chờ xử lý lỗi`,
      short: t`Tin lỗi`,
      icon: IconProgressAlert,
      permission: "quarantine:read",
    },
  ];
  const allowed = places.filter(
    (place) => place.permission === null || me.permissions.includes(place.permission),
  );
  return (
    <nav className={classes.rail} aria-label={t`Các trang`}>
      {!phone && (
        <span className={classes.mark}>
          <Mark size={32} />
        </span>
      )}
      {allowed.map(({ to, label, short, icon: Icon }) => (
        <Tooltip key={to} label={label} position="right" disabled={phone}>
          <Link
            to={to}
            className={classes.place}
            activeProps={{ "data-active": true }}
            aria-label={phone ? undefined : label}
          >
            <Icon size={phone ? 24 : 22} stroke={1.6} />
            {phone && <span className={classes.word}>{short}</span>}
          </Link>
        </Tooltip>
      ))}
      <span className={classes.foot}>
        <AccountMenu
          showShortcuts={showShortcuts}
          trigger={
            <span className={phone ? classes.placeLike : classes.account}>
              <Face name={me.name} size={phone ? 24 : 36} />
              {phone && <span className={classes.word}>{t`Tôi`}</span>}
            </span>
          }
        />
      </span>
    </nav>
  );
}
