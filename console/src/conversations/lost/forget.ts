import type { QueryClient } from "@tanstack/react-query";
import { CONTACT_CONVERSATIONS, CONTACTS } from "../../customers/queries";
import { patchQuery } from "../../shared/patchQuery";
import { changeRow, flattenList, type ListData } from "../cache/listPages";
import { CUSTODY, DETAILS, LISTS, NOTES, SHARES, TEMPLATES, THREADS } from "../queries";

/** Families of queries whose second step is a conversation's id. */
const OF_CONVERSATION = [DETAILS, THREADS, NOTES, CUSTODY, SHARES, TEMPLATES].map(([family]) => family);
const OF_CONTACT = [CONTACTS, CONTACT_CONVERSATIONS].map(([family]) => family);

/** Takes the row out of every list that was read. A page that is being read would bring it back: it is read anew. */
export function takeOutRow(client: QueryClient, id: number): void {
  for (const { queryKey, state } of client.getQueryCache().findAll({ queryKey: LISTS })) {
    patchQuery<ListData>(client, queryKey, (data) => changeRow(data, id, () => null));
    if (state.fetchStatus === "fetching") void client.invalidateQueries({ queryKey, exact: true });
  }
}

export function isListed(client: QueryClient, id: number): boolean {
  return client
    .getQueryCache()
    .findAll({ queryKey: LISTS })
    .some(({ state }) => state.data && flattenList(state.data as ListData).some((row) => row.id === id));
}

/** Nothing of the conversation stays in the cache, nor of a customer at whom nobody looks by another way. */
export function forgetReadings(client: QueryClient, id: number): void {
  const gone = {
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) =>
      OF_CONVERSATION.some((family) => family === queryKey[0]) && queryKey[1] === id,
  };
  void client.cancelQueries(gone);
  client.removeQueries(gone);
  client.removeQueries({
    type: "inactive",
    predicate: ({ queryKey }) => OF_CONTACT.some((family) => family === queryKey[0]),
  });
  void client.invalidateQueries({ queryKey: CONTACT_CONVERSATIONS });
}

/** What was read of conversations and customers, but is not on the screen: its reader may see something else now. */
export function forgetUnwatched(client: QueryClient): void {
  const families: readonly unknown[] = [...OF_CONVERSATION, ...OF_CONTACT];
  client.removeQueries({ type: "inactive", predicate: ({ queryKey }) => families.includes(queryKey[0]) });
}
