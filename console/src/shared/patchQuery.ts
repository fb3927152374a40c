import type { QueryClient, QueryKey } from "@tanstack/react-query";

/**
 * Changes what has been read. Unlike `setQueryData` alone it does not pass the rest off as fresh: what is to be read
 * again when somebody next looks at it stays so.
 */
export function patchQuery<T>(client: QueryClient, queryKey: QueryKey, change: (data: T) => T): void {
  const owed = client.getQueryState(queryKey)?.isInvalidated;
  client.setQueryData<T>(queryKey, (data) => (data === undefined ? undefined : change(data)));
  if (owed) void client.invalidateQueries({ queryKey, exact: true, refetchType: "none" });
}
