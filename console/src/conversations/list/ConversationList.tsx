import { useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { View } from "../../api/types";
import { ErrorPanel } from "../../shared/ui/ErrorPanel";
import { flattenList } from "../cache/listPages";
import { LIST_PAGE, listQuery } from "../queries";
import classes from "./ConversationList.module.css";
import { ConversationRowLink } from "./ConversationRowLink";
import { ROW_HEIGHT, useDensity } from "./density";
import { EmptyList } from "./EmptyList";
import { ListSkeleton } from "./ListSkeleton";
import { NarrowedFoot, NothingFound } from "./NarrowedFoot";
import { isNarrowed, type Narrowing, narrow as narrowed } from "./narrowing";
import { useListKeys } from "./useListKeys";

const LOAD_AHEAD = 15;
/** How far one search looks by itself; a click looks further. */
const SEARCH_ROWS = 20 * LIST_PAGE;

/** Where the reader stood. */
export type Place = { view: View; top: number };

export type ListProps = {
  view: View;
  selectedId: number | null;
  place: RefObject<Place>;
  narrowing: Narrowing;
  narrow: (change: Partial<Narrowing>) => void;
};

export function ConversationList({ view, selectedId, place, narrowing, narrow }: ListProps) {
  const { t } = useLingui();
  const density = useDensity();
  const query = useInfiniteQuery(listQuery(view));
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const all = useMemo(() => (data ? flattenList(data) : []), [data]);
  const rows = useMemo(() => narrowed(all, narrowing), [all, narrowing]);
  const searching = isNarrowed(narrowing);
  const viewport = useRef<HTMLDivElement>(null);
  const [focusedId, setFocusedId] = useState<number | null>(null);
  // One row is the list's stop of the Tab key; it is drawn wherever the list is scrolled to, so that no focus is lost.
  const stop = Math.max(
    0,
    rows.findIndex((row) => row.id === focusedId) >= 0
      ? rows.findIndex((row) => row.id === focusedId)
      : rows.findIndex((row) => row.id === selectedId),
  );
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => viewport.current,
    estimateSize: () => ROW_HEIGHT[density],
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: () => (place.current.view === view ? place.current.top : 0),
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), stop])].sort((a, b) => a - b),
    overscan: 8,
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the density changes, and only then.
  useEffect(() => virtualizer.measure(), [density]);

  const shown = useRef({ view, narrowing });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view, or another search, starts at its top.
  useEffect(() => {
    if (shown.current.view === view && shown.current.narrowing === narrowing) return;
    shown.current = { view, narrowing };
    virtualizer.scrollToOffset(0);
  }, [view, narrowing]);

  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  const exhausted = searching && all.length >= SEARCH_ROWS;
  const nearEnd = lastIndex >= rows.length - LOAD_AHEAD;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError && nearEnd && !exhausted)
      void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, nearEnd, exhausted]);

  useListKeys({ rows, selectedId, viewport, scrollTo: (index) => virtualizer.scrollToIndex(index) });

  if (query.isPending) return <ListSkeleton />;
  if (query.isError && all.length === 0) {
    return <ErrorPanel error={query.error} retry={() => void query.refetch()} />;
  }
  if (all.length === 0) return <EmptyList view={view} />;
  const foot = (
    <NarrowedFoot
      found={rows.length}
      among={all.length}
      busy={isFetchingNextPage}
      {...(hasNextPage && !isFetchingNextPage && { further: () => void fetchNextPage() })}
    />
  );
  if (rows.length === 0 && !isFetchingNextPage)
    return (
      <NothingFound view={view} narrow={narrow}>
        {foot}
      </NothingFound>
    );
  return (
    <>
      <div
        ref={viewport}
        className={classes.viewport}
        onScroll={(event) => {
          place.current = { view, top: event.currentTarget.scrollTop };
        }}
      >
        <ul
          className={classes.list}
          style={{ height: virtualizer.getTotalSize() }}
          aria-label={t`Danh sách hội thoại`}
          onFocus={(event) => {
            const id = event.target.dataset.conversation;
            if (id) setFocusedId(Number(id));
          }}
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
                <ConversationRowLink
                  row={row}
                  view={view}
                  selected={row.id === selectedId}
                  stop={item.index === stop}
                  density={density}
                />
              </li>
            );
          })}
        </ul>
      </div>
      {searching && foot}
    </>
  );
}
