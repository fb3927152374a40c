import { useLingui } from "@lingui/react/macro";
import { formatNumber } from "../../../shared/time/calendar";
import { useDates } from "../../../shared/time/useDates";
import { Meter } from "../../../shared/ui/Meter";
import { Nothing, Section } from "../../../shared/ui/Section";
import type { PersonalAccountDetail } from "../types";
import { usePersonalWords } from "../words";
import classes from "./Account.module.css";

/** What the account may still do today, so that Zalo does not lock it. */
export function CapSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const words = usePersonalWords();
  const dates = useDates();
  const warm = account.warm_until ? dates.date(account.warm_until) : null;
  return (
    <Section
      title={t`Hạn mức trong ngày`}
      lead={t`Giữ tài khoản ở mức một người thật gửi. Hết hạn mức thì tin chờ tới hôm sau, không bị mất.`}
    >
      {account.caps.length === 0 ? (
        <Nothing>{t`Tài khoản này chưa có hạn mức nào.`}</Nothing>
      ) : (
        <ul className={classes.caps}>
          {account.caps.map((cap) => {
            const share = cap.limit > 0 ? cap.used / cap.limit : 0;
            return (
              <li key={cap.cap}>
                <p className={classes.cap}>
                  <span>{words.cap(cap)}</span>
                  <span>{`${formatNumber(cap.used)}/${formatNumber(cap.limit)}`}</span>
                </p>
                <Meter
                  value={cap.used}
                  most={cap.limit}
                  tone={share >= 1 ? "bad" : share >= 0.8 ? "warn" : "accent"}
                />
              </li>
            );
          })}
        </ul>
      )}
      {warm && <p className={classes.dim}>{t`Đang làm quen: hạn mức thấp và tăng dần tới ${warm}.`}</p>}
    </Section>
  );
}
