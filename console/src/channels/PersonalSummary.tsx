import { useLingui } from "@lingui/react/macro";
import { IconChevronRight, IconDeviceMobile } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ChannelAccount } from "../api/types";
import { formatNumber } from "../shared/time/calendar";
import classes from "./ChannelAccountsPage.module.css";

/** How many personal accounts there are and how many need a hand; the whole line leads to their board. */
export function PersonalSummary({ accounts }: { accounts: readonly ChannelAccount[] }) {
  const { t } = useLingui();
  const all = formatNumber(accounts.length);
  const trouble = accounts.filter((one) => one.health === "down").length;
  const down = formatNumber(trouble);
  return (
    <Link to="/personal-accounts" className={classes.summary}>
      <IconDeviceMobile size={24} stroke={1.5} aria-hidden />
      <span className={classes.words}>
        <strong>{t`${all} tài khoản Zalo cá nhân`}</strong>
        <span data-trouble={trouble > 0 || undefined}>
          {trouble > 0 ? t`${down} tài khoản đang mất kết nối` : t`Không tài khoản nào mất kết nối`}
        </span>
      </span>
      <IconChevronRight size={18} stroke={1.75} aria-hidden />
    </Link>
  );
}
