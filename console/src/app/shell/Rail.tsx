import { useLingui } from "@lingui/react/macro";
import { Tooltip } from "@mantine/core";
import { IconCalendarWeek, IconMessages, IconSettings } from "@tabler/icons-react";
import { Link, type LinkProps, useMatches } from "@tanstack/react-router";
import type { ComponentType } from "react";
import { AccountMenu } from "../../people/AccountMenu";
import { useMe } from "../../people/session";
import { useIsPhone } from "../../shared/breakpoints";
import { Face } from "../../shared/ui/Face";
import { Mark } from "../../shared/ui/Mark";
import { useAdminPlaces } from "../admin/places";
import classes from "./Rail.module.css";

type Place = {
  to: NonNullable<LinkProps["to"]>;
  label: string;
  short: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  /** For a place that stands for several pages; else its own page decides. */
  active?: boolean;
};

/** Where one can go: a rail on the left, a bar at the bottom of a phone. Only what exists and what one may see. */
export function Rail({ showShortcuts }: { showShortcuts: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const phone = useIsPhone();
  const admin = useAdminPlaces()[0];
  const inAdmin = useMatches({
    select: (matches) => matches.some((match) => match.routeId === "/app/admin"),
  });
  const places: Place[] = [
    { to: "/conversations", label: t`Hội thoại`, short: t`Hội thoại`, icon: IconMessages },
    { to: "/calendar", label: t`Lịch làm việc`, short: t`Lịch`, icon: IconCalendarWeek },
    ...(admin
      ? [{ to: admin.to, label: t`Quản trị`, short: t`Quản trị`, icon: IconSettings, active: inAdmin }]
      : []),
  ];
  return (
    <nav className={classes.rail} aria-label={t`Các trang`}>
      {!phone && (
        <span className={classes.mark}>
          <Mark size={32} />
        </span>
      )}
      {places.map(({ to, label, short, icon: Icon, active }) => (
        <Tooltip key={to} label={label} position="right" disabled={phone}>
          <Link
            to={to}
            className={classes.place}
            activeProps={{ "data-active": true }}
            data-active={active || undefined}
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
