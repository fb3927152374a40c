import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { View } from "../../api/types";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { flattenList } from "../cache/listPages";
import { listQuery } from "../queries";
import classes from "./ConversationList.module.css";
import { ConversationRowLink } from "./ConversationRowLink";
import { ROW_HEIGHT, useDensity } from "./density";
import { EmptyList } from "./EmptyList";
import { ListSkeleton } from "./ListSkeleton";
import { useListKeys } from "./useListKeys";

const LOAD_AHEAD = 15;

export function ConversationList({ view, selectedId }: { view: View; selectedId: number | null }) {
  const { t } = useLingui();
  const density = useDensity();
  const query = useInfiniteQuery(listQuery(view));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => (data ? flattenList(data) : []), [data]);
  const viewport = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT[density],
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the density changes, and only then.
  useEffect(() => virtualizer.measure(), [density]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another view starts at its top.
  useEffect(() => virtualizer.scrollToOffset(0), [view]);

  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastIndex >= rows.length - LOAD_AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastIndex, rows.length]);

  useListKeys({ rows, selectedId, viewport, scrollTo: (index) => virtualizer.scrollToIndex(index) });

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && rows.length === 0) {
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  }
  if (rows.length === 0) return <EmptyList view={view} />;
  return (
    <div ref={viewport} className={classes.viewport}>
      <ul
        className={classes.list}
        style={{ height: virtualizer.getTotalSize() }}
        aria-label={t`Danh sách hội thoại`}
      >
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <li
              key={item.key}
              className={classes.item}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              <ConversationRowLink row={row} view={view} selected={row.id === selectedId} density={density} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
