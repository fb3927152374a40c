import type { QueryClient } from "@tanstack/react-query";
import { patchQuery } from "../../shared/patchQuery";
import { fetchThese, threadQuery } from "../queries";
import { flattenThread, replaceMessages, type ThreadData } from "./threadPages";

/** As many as the server gives at once. */
const MOST_IDS = 100;

/** Reads again single messages of a thread that is on the screen; what is not loaded need not be. */
export async function refreshMessages(client: QueryClient, id: number, changed: Set<number>): Promise<void> {
  const { queryKey } = threadQuery(id);
  const query = client.getQueryCache().find<ThreadData>({ queryKey });
  const data = query?.state.data;
  if (!query || !data) return;
  const ids = flattenThread(data)
    .map((message) => message.id)
    .filter((one) => changed.has(one));
  if (ids.length === 0) return;
  if (!query.isActive() || ids.length > MOST_IDS) {
    await client.invalidateQueries({ queryKey });
    return;
  }
  const fresh = await fetchThese(id, ids);
  patchQuery<ThreadData>(client, queryKey, (known) => replaceMessages(known, fresh));
}
