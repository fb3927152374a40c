import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorPanel } from "../shared/ui/ErrorPanel";
import { MoreButton } from "../shared/ui/MoreButton";
import { Rows, RowsSkeleton } from "../shared/ui/Rows";

type Page<Item> = { items: readonly Item[] };
type Props<Item> = {
  query: Pick<
    UseInfiniteQueryResult<{ pages: Page<Item>[] }>,
    | "data"
    | "error"
    | "isPending"
    | "isError"
    | "isPlaceholderData"
    | "refetch"
    | "hasNextPage"
    | "isFetchingNextPage"
    | "fetchNextPage"
  >;
  loading: string;
  /** What stands there when there is nothing. */
  empty: ReactNode;
  row: (item: Item) => ReactNode;
};

/** The rows of a log, newest first, page after page. */
export function LogList<Item extends { id: number }>({ query, loading, empty, row }: Props<Item>) {
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <>
      {query.isPending && <RowsSkeleton label={loading} count={6} height={60} />}
      {query.isError && !items && <ErrorPanel error={query.error} retry={() => void query.refetch()} />}
      {items?.length === 0 && empty}
      {items && items.length > 0 && (
        <Rows busy={query.isPlaceholderData} cards>
          {items.map((item) => (
            <li key={item.id}>{row(item)}</li>
          ))}
        </Rows>
      )}
      <MoreButton query={query} mt={12} />
    </>
  );
}
