import { useLingui } from "@lingui/react/macro";
import type { ChannelAccountDetail } from "../../api/admin";
import { formatNumber } from "../../shared/time/calendar";
import { Nothing, Section } from "../../shared/ui/Section";
import classes from "./SourceSection.module.css";

type Source = ChannelAccountDetail["follower_sources"][number];

/** By which way people came to follow: bars with their numbers, the longest first. */
export function SourceSection({ sources }: { sources: readonly Source[] }) {
  const { t } = useLingui();
  const sorted = [...sources].sort((a, b) => b.count - a.count);
  const most = sorted[0]?.count ?? 0;
  return (
    <Section title={t`Nguồn quan tâm`} lead={t`Khách bắt đầu quan tâm OA bằng đường nào.`}>
      {sorted.length === 0 ? (
        <Nothing>{t`Chưa ghi nhận lượt quan tâm nào từ khi kết nối.`}</Nothing>
      ) : (
        <ul className={classes.sources}>
          {sorted.map((source) => (
            <li key={source.source} className={classes.source}>
              <span className={classes.name}>{source.text}</span>
              <span className={classes.count}>{formatNumber(source.count)}</span>
              <span
                className={classes.bar}
                style={{ width: `${(source.count / most) * 100}%` }}
                aria-hidden
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
