import { useLingui } from "@lingui/react/macro";
import { Link, Outlet } from "@tanstack/react-router";
import classes from "./AdminFrame.module.css";
import { useAdminPlaces } from "./places";

/** The pages of the administration beside their list; on a narrow screen the list is a strip above them. */
export function AdminFrame() {
  const { t } = useLingui();
  const places = useAdminPlaces();
  return (
    <div className={classes.frame}>
      {places.length > 1 && (
        <nav className={classes.nav} aria-label={t`Quản trị`}>
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
