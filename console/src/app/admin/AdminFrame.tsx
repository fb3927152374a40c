import { useLingui } from "@lingui/react/macro";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useLayoutEffect, useRef } from "react";
import classes from "./AdminFrame.module.css";
import { useAdminPlaces } from "./places";

/** The pages of the administration beside their list; on a narrow screen the list is a strip above them. */
export function AdminFrame() {
  const { t } = useLingui();
  const places = useAdminPlaces();
  const nav = useRef<HTMLElement>(null);
  const path = useLocation({ select: (location) => location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the strip follows whenever another page is shown or comes to it.
  useLayoutEffect(() => {
    const strip = nav.current;
    const active = strip?.querySelector<HTMLElement>("[data-active]");
    if (!strip || !active) return;
    const past = active.getBoundingClientRect().left - strip.getBoundingClientRect().left;
    strip.scrollLeft += past - (strip.clientWidth - active.offsetWidth) / 2;
  }, [path, places.length]);
  return (
    <div className={classes.frame}>
      {places.length > 1 && (
        <nav ref={nav} className={classes.nav} aria-label={t`Quản trị`}>
          <p className={classes.title} aria-hidden>
            {t`Quản trị`}
          </p>
          <ul className={classes.places}>
            {places.map(({ to, label, icon: Icon }) => (
              <li key={to}>
                <Link to={to} className={classes.place} activeProps={{ "data-active": true }}>
                  <Icon size={18} stroke={1.6} />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <Outlet />
    </div>
  );
}
