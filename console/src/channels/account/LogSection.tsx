import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useDates } from "../../shared/time/useDates";
import { MoreButton } from "../../shared/ui/MoreButton";
import { Nothing, Section } from "../../shared/ui/Section";
import { useProblemText } from "../../shared/useProblemText";
import { channelLogQuery } from "../queries";
import classes from "./LogSection.module.css";

/** What the platform told of the account itself: templates, quotas, permissions, tags. */
export function LogSection({ accountId }: { accountId: number }) {
  const { t } = useLingui();
  const dates = useDates();
  const problemText = useProblemText();
  const query = useInfiniteQuery(channelLogQuery(accountId));
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Section title={t`Nhật ký tài khoản`} lead={t`Những điều Zalo báo về chính tài khoản này.`}>
      {query.isPending && <Skeleton height={72} />}
      {query.isError && !items && (
        <p className={classes.problem} role="alert">
          {problemText(query.error)}
        </p>
      )}
      {items?.length === 0 && <Nothing>{t`Zalo chưa báo điều gì.`}</Nothing>}
      {items && items.length > 0 && (
        <ol className={classes.log}>
          {items.map((item) => (
            <li key={item.id} className={classes.item}>
              <time dateTime={item.at} className={classes.time}>
                {dates.dateTime(item.at)}
              </time>
              <span>{item.text}</span>
            </li>
          ))}
        </ol>
      )}
      <MoreButton query={query} />
    </Section>
  );
}
