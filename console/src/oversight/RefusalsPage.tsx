import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconShieldCheck } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useDates } from "../shared/time/useDates";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { LogFilters } from "./LogFilters";
import { LogList } from "./LogList";
import { LogRow, Mention } from "./LogRow";
import row from "./LogRow.module.css";
import { type RefusalEntry, refusalsQuery } from "./queries";
import classes from "./RefusalsPage.module.css";
import { useNarrow } from "./useNarrow";

/** What people asked for and may not see or do. */
export function RefusalsPage() {
  const { t } = useLingui();
  const { zone } = useDates();
  const search = useSearch({ from: "/app/admin/access-refusals" });
  const narrow = useNarrow("/access-refusals");
  const query = useInfiniteQuery(refusalsQuery(search, zone));
  return (
    <PageFrame
      title={t`Lần bị từ chối`}
      lead={t`Ai đã thử mở hội thoại, khách hàng, tệp hay trang mà họ không được xem. Họ chỉ được báo là không tìm thấy.`}
    >
      <LogFilters search={search} narrow={narrow} conversations />
      <LogList
        query={query}
        loading={t`Đang tải các lần bị từ chối`}
        empty={
          <StatePanel icon={IconShieldCheck} title={t`Không có lần nào bị từ chối`}>
            {t`Khi có người thử mở điều họ không được xem, lần thử đó hiện ở đây.`}
          </StatePanel>
        }
        row={(entry) => <RefusalRow entry={entry} />}
      />
    </PageFrame>
  );
}

function RefusalRow({ entry }: { entry: RefusalEntry }) {
  const { t } = useLingui();
  const asked = entry.kind === "action" ? (entry.permission_text ?? entry.route) : entry.kind_text;
  const what = entry.reason === "not-visible" ? t`Không được xem: ${asked}` : t`Không được làm: ${asked}`;
  const permitted = entry.kind !== "action" && entry.reason === "not-permitted" && entry.permission_text;
  return (
    <LogRow at={entry.at} who={entry.staff} what={what} address={entry.address} device={entry.device}>
      <Mention conversation={entry.conversation} contact={entry.contact} />
      <span className={classes.facts}>
        {permitted && <span>{entry.permission_text}</span>}
        {entry.attempts > 1 && (
          <span className={classes.attempts}>
            {t`${plural(entry.attempts, { one: "# lần", other: "# lần" })} trong năm phút`}
          </span>
        )}
        {entry.conversation && (
          <Link
            className={row.link}
            to="/visibility"
            search={{ staff: entry.staff.id, conversation: entry.conversation.id }}
          >
            {t`Vì sao?`}
          </Link>
        )}
      </span>
    </LogRow>
  );
}
