import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../../shared/time/calendar";
import { useDates } from "../../../shared/time/useDates";
import { Nothing, Section } from "../../../shared/ui/Section";
import { Completeness } from "../board/Figures";
import type { PersonalAccountDetail } from "../types";
import classes from "./Account.module.css";

/** How much of what passed is in the store, and openly what is not. */
export function CompletenessSection({ account }: { account: PersonalAccountDetail }) {
  const { t } = useLingui();
  const dates = useDates();
  const { completeness, gaps } = account;
  const since = completeness.since ? dates.date(completeness.since) : null;
  return (
    <Section
      title={t`Độ đầy đủ`}
      lead={t`Tin đã ghi được trên số tin Zalo cho biết là có. Tin mà Zalo không đưa lại được nằm trong các khoảng trống dưới đây.`}
    >
      <p className={classes.big}>
        <Completeness of={{ ...completeness, gaps: 0 }} />
        {since && <span className={classes.dim}>{t`tính từ ${since}`}</span>}
      </p>
      {completeness.gaps === 0 && gaps.length === 0 ? (
        <Nothing>{t`Không có khoảng trống nào.`}</Nothing>
      ) : (
        <>
          <p
            className={classes.dim}
          >{t`${formatNumber(Math.max(completeness.gaps, gaps.length))} khoảng trống dữ liệu`}</p>
          <ul className={classes.gaps}>
            {gaps.map((gap) => {
              const [from, until] = [dates.dateTime(gap.from_at), dates.dateTime(gap.until_at)];
              return (
                <li key={gap.id}>
                  <strong>{t`${from} tới ${until}`}</strong>
                  <span>{gap.text}</span>
                  {gap.conversation_id !== null && (
                    <Link
                      to="/conversations/$conversationId"
                      params={{ conversationId: gap.conversation_id }}
                      search={{ view: "all" }}
                    >
                      {t`Xem hội thoại`}
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Section>
  );
}
