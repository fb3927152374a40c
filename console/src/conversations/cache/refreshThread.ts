import type { QueryClient } from "@tanstack/react-query";
import { fetchMessages, threadQuery } from "../queries";
import { mergeNewestPage, newestPageCovers, type ThreadData } from "./threadPages";

/** Reads the newest page of a thread that is on the screen; all loaded pages only when the change lies further back. */
export async function refreshThread(client: QueryClient, id: number, changed: Set<number>): Promise<void> {
  const { queryKey } = threadQuery(id);
  const query = client.getQueryCache().find({ queryKey });
  if (!query) return;
  if (!query.isActive() || query.state.data === undefined) {
    await client.invalidateQueries({ queryKey });
    return;
  }
  const fresh = await fetchMessages(id, null);
  client.setQueryData<ThreadData>(queryKey, (data) => mergeNewestPage(data, fresh));
  if (!newestPageCovers(fresh, changed)) await client.invalidateQueries({ queryKey });
}
