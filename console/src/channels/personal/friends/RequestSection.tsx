import { useLingui } from "@lingui/react/macro";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorPanel } from "../../../shared/ui/ErrorPanel";
import { Nothing, Section } from "../../../shared/ui/Section";
import { friendRequestsQuery } from "../queries";
import type { PersonalAccount } from "../types";
import classes from "./Friends.module.css";
import { RequestRow } from "./RequestRow";

/** Requests of friendship, theirs and ours: those that are open, and what became of the latest. */
export function RequestSection({ account }: { account: PersonalAccount }) {
  const { t } = useLingui();
  const query = useQuery(friendRequestsQuery(account.id));
  const items = query.data?.items ?? [];
  return (
    <Section
      wide
      title={t`Lời mời kết bạn`}
      lead={
        account.sim === "own"
          ? t`Chỉ những người được đánh dấu là khách của công việc. Lời mời của người khác nằm trên điện thoại.`
          : t`Lời mời đến tài khoản này và lời mời tài khoản này đã gửi. Trả lời ở đây cũng như trả lời trên điện thoại.`
      }
    >
      {query.isPending && <Skeleton height={56} />}
      {query.isError && !query.data && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {query.data && items.length === 0 && <Nothing>{t`Không có lời mời nào đang chờ.`}</Nothing>}
      {items.length > 0 && (
        <ul className={classes.requests} aria-label={t`Lời mời kết bạn`}>
          {items.map((request) => (
            <RequestRow key={request.person} account={account} request={request} />
          ))}
        </ul>
      )}
    </Section>
  );
}
