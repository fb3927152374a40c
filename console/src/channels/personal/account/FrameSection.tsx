import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useCan } from "../../../people/session";
import { formatNumber } from "../../../shared/time/calendar";
import { useNow } from "../../../shared/time/ticker";
import { useDates } from "../../../shared/time/useDates";
import { Nothing, Section } from "../../../shared/ui/Section";
import type { PersonalAccountDetail } from "../types";
import classes from "./Account.module.css";

/** What Zalo sent and nobody here could read yet: kept as it came, and read again when we learn to. */
export function FrameSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const now = useNow();
  const canSee = useCan("quarantine:read");
  return (
    <Section
      title={t`Dữ liệu chưa hiểu được`}
      lead={t`Zalo gửi về nhưng phiên bản này chưa hiểu. Bản gốc được giữ nguyên và sẽ được đọc lại khi phần mềm hiểu được.`}
      wide
    >
      {account.frames.length === 0 ? (
        <Nothing>{t`Mọi thứ Zalo gửi về đều đọc được.`}</Nothing>
      ) : (
        <ul className={classes.frames}>
          {account.frames.map((frame) => {
            const last = dates.stamp(frame.last_at, now);
            return (
              <li key={`${frame.cmd}-${frame.why}`}>
                <span>{frame.text}</span>
                <span className={classes.dim}>{t`Mã ${frame.cmd}`}</span>
                <span
                  className={classes.number}
                >{t`${formatNumber(frame.count)} lần, gần nhất ${last}`}</span>
              </li>
            );
          })}
        </ul>
      )}
      {account.frames.length > 0 && canSee && (
        <Link className={classes.link} to="/quarantine">
          {t`Xem trong tin chờ xử lý lỗi`}
        </Link>
      )}
    </Section>
  );
}
