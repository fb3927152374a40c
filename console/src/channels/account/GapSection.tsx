import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { ChannelAccountDetail } from "../../api/admin";
import { useDates } from "../../shared/time/useDates";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./GapSection.module.css";

type Gap = ChannelAccountDetail["gaps"][number];

/** Times of which messages may be missing, said openly. */
export function GapSection({ gaps }: { gaps: readonly Gap[] }) {
  const { t } = useLingui();
  return (
    <Section title={t`Khoảng trống dữ liệu`} lead={t`Những lúc có thể thiếu tin vì Zalo không đưa lại được.`}>
      {gaps.length === 0 ? (
        <Nothing>{t`Không có khoảng trống nào.`}</Nothing>
      ) : (
        <ul className={classes.gaps}>
          {gaps.map((gap) => (
            <li key={gap.id} className={classes.gap}>
              <GapLine gap={gap} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function GapLine({ gap }: { gap: Gap }) {
  const { t } = useLingui();
  const dates = useDates();
  const [from, until] = [dates.dateTime(gap.from_at), dates.dateTime(gap.until_at)];
  return (
    <>
      <p className={classes.span}>{t`${from} tới ${until}`}</p>
      <p className={classes.text}>{gap.text}</p>
      {gap.conversation_id !== null && (
        <Link
          className={classes.link}
          to="/conversations/$conversationId"
          params={{ conversationId: gap.conversation_id }}
          search={{ view: "all" }}
        >
          {t`Xem hội thoại`}
        </Link>
      )}
    </>
  );
}
