import type { QueryClient } from "@tanstack/react-query";
import { isGone } from "../../api/problem";
import type { View } from "../../api/types";
import { conversationQuery, fetchConversation, fetchList, LISTS, listQuery } from "../queries";
import { mayFailOrMend } from "../thread/ticks";
import { belongs, changeRow, flattenList, type ListData, mergeFirstPage } from "./listPages";

const MOST_SINGLE_READS = 20;

/** Reads the first page of the list on the screen, then the changed rows that lie further down. */
export async function refreshLists(client: QueryClient, changed: number[], myId: number): Promise<void> {
  const queries = client.getQueryCache().findAll({ queryKey: LISTS });
  await Promise.all(
    queries.map(async (query) => {
      const view = query.queryKey[1] as View;
      if (!query.isActive() || query.state.data === undefined) {
        await client.invalidateQueries({ queryKey: query.queryKey });
        return;
      }
      await refreshList(client, view, changed, myId);
    }),
  );
}

/**
 * Reads again the loaded rows whose last message is one of these, by conversation, as long as it may fail or mend.
 * A receipt of what went well costs nothing.
 */
export async function refreshDeliveries(
  client: QueryClient,
  deliveries: ReadonlyMap<number, ReadonlySet<number>>,
  myId: number,
): Promise<void> {
  const queries = client.getQueryCache().findAll({ queryKey: LISTS });
  await Promise.all(
    queries.map(async (query) => {
      const { queryKey } = query;
      const data = query.state.data as ListData | undefined;
      const rows = (data ? flattenList(data) : []).filter(
        (row) => row.last_message && deliveries.get(row.id)?.has(row.last_message.id) && mayFailOrMend(row),
      );
      if (rows.length === 0) return;
      if (!query.isActive() || rows.length > MOST_SINGLE_READS) {
        await client.invalidateQueries({ queryKey });
        return;
      }
      const view = queryKey[1] as View;
      await Promise.all(rows.map(({ id }) => refreshRow(client, view, id, myId)));
    }),
  );
}

async function refreshList(client: QueryClient, view: View, changed: number[], myId: number): Promise<void> {
  const { queryKey } = listQuery(view);
  const fresh = await fetchList(view, null);
  const before = client.getQueryData<ListData>(queryKey);
  if (await change(client, view, (data) => mergeFirstPage(data, fresh))) return;
  if (!before || fresh.next === null) return;
  const onFirstPage = new Set(fresh.items.map((item) => item.id));
  const loaded = new Set(flattenList(before).map((item) => item.id));
  const further = changed.filter((id) => loaded.has(id) && !onFirstPage.has(id));
  // A list loaded to its end may have gained a row at the end, which only a full reading shows.
  const wasWhole = before.pages.at(-1)?.next === null;
  const unknown = changed.some((id) => !loaded.has(id) && !onFirstPage.has(id));
  if (further.length > MOST_SINGLE_READS || (wasWhole && unknown)) {
    await client.invalidateQueries({ queryKey });
    return;
  }
  await Promise.all(further.map((id) => refreshRow(client, view, id, myId)));
}

/** True when a page was being read meanwhile, which would have brought the old rows back: all was read again. */
async function change(
  client: QueryClient,
  view: View,
  how: (data: ListData | undefined) => ListData | undefined,
): Promise<boolean> {
  const { queryKey } = listQuery(view);
  client.setQueryData<ListData>(queryKey, how);
  if (client.isFetching({ queryKey, exact: true }) === 0) return false;
  await client.invalidateQueries({ queryKey, exact: true });
  return true;
}

async function refreshRow(client: QueryClient, view: View, id: number, myId: number): Promise<void> {
  try {
    const row = await fetchConversation(id);
    client.setQueryData(conversationQuery(id).queryKey, row);
    await change(
      client,
      view,
      (data) => data && changeRow(data, id, () => (belongs(row, view, myId) ? row : null)),
    );
  } catch (error) {
    if (isGone(error)) await change(client, view, (data) => data && changeRow(data, id, () => null));
  }
}
