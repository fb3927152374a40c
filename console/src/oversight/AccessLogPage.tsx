import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { IconChevronDown, IconEye } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useDates } from "../shared/time/useDates";
import { PageFrame } from "../shared/ui/PageFrame";
import { StatePanel } from "../shared/ui/StatePanel";
import { LogFilters } from "./LogFilters";
import filters from "./LogFilters.module.css";
import { LogList } from "./LogList";
import { LogRow, Mention } from "./LogRow";
import { accessLogQuery } from "./queries";
import { ROADS } from "./search";
import { useNarrow } from "./useNarrow";
import { useRoadWords } from "./words";

/** Who read what of which conversation. */
export function AccessLogPage() {
  const { t } = useLingui();
  const { zone } = useDates();
  const search = useSearch({ from: "/app/admin/access-log" });
  const narrow = useNarrow("/access-log");
  const roads = useRoadWords();
  const query = useInfiniteQuery(accessLogQuery(search, zone));
  return (
    <PageFrame
      title={t`Nhật ký xem`}
      lead={t`Ai đã đọc tin nhắn, mở tệp hay xem số điện thoại của khách. Mỗi người, mỗi hội thoại được ghi một lần trong năm phút.`}
    >
      <LogFilters search={search} narrow={narrow} conversations>
        <NativeSelect
          size="md"
          className={filters.choice}
          aria-label={t`Cách xem`}
          rightSection={<IconChevronDown size={16} stroke={1.6} />}
          value={search.road ?? ""}
          onChange={(event) => narrow({ road: event.currentTarget.value })}
          data={[
            { value: "", label: t`Mọi cách xem` },
            ...ROADS.map((road) => ({ value: road, label: roads[road] })),
          ]}
        />
      </LogFilters>
      <LogList
        query={query}
        loading={t`Đang tải nhật ký xem`}
        empty={
          <StatePanel icon={IconEye} title={t`Chưa có lượt xem nào`}>
            {t`Khi có người đọc hội thoại, lượt xem hiện ở đây. Hãy thử bớt điều kiện lọc nếu bạn đang lọc.`}
          </StatePanel>
        }
        row={(entry) => (
          <LogRow at={entry.at} who={entry.staff} what={entry.road_text} address={entry.address}>
            <Mention conversation={entry.conversation} contact={entry.contact} />
          </LogRow>
        )}
      />
    </PageFrame>
  );
}
