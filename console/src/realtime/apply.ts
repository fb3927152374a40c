import type { QueryClient } from "@tanstack/react-query";
import { isGone } from "../api/problem";
import { refreshDeliveries, refreshLists } from "../conversations/cache/refreshLists";
import { refreshMessages } from "../conversations/cache/refreshMessages";
import { refreshThread } from "../conversations/cache/refreshThread";
import { isListed } from "../conversations/lost/forget";
import { DETAILS, NOTES } from "../conversations/queries";
import { PRIVACY_REQUESTS, showsNameless } from "../privacy/queries";
import { type Changes, touched } from "./changes";

/** Reads again what the changes touch and somebody looks at; the rest is only marked stale. Throws when a reading failed. */
export async function applyChanges(client: QueryClient, changes: Changes, myId: number): Promise<void> {
  if (changes.everything) {
    await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    return;
  }
  const work: Promise<unknown>[] = [];
  if (changes.accounts) {
    work.push(client.invalidateQueries({ queryKey: ["channel-accounts"] }));
    // An account in trouble decides whether one may answer in its conversations.
    work.push(client.invalidateQueries({ queryKey: DETAILS }));
  }
  if (changes.personal) {
    work.push(client.invalidateQueries({ queryKey: ["personal-accounts"] }));
    work.push(client.invalidateQueries({ queryKey: DETAILS }));
  }
  for (const id of changes.logins) work.push(client.invalidateQueries({ queryKey: ["personal-logins", id] }));
  if (changes.privacyRequests || (changes.conversations.size > 0 && showsNameless(client))) {
    work.push(client.invalidateQueries({ queryKey: PRIVACY_REQUESTS }));
  }
  if (changes.imports) work.push(client.invalidateQueries({ queryKey: ["history-imports"] }));
  if (changes.quarantine) work.push(client.invalidateQueries({ queryKey: ["quarantine"] }));
  if (changes.conversations.size > 0 || changes.hidden.size > 0) {
    // A page that was read meanwhile may have brought a row back that is out of sight.
    const back = [...changes.hidden].filter((id) => isListed(client, id));
    work.push(refreshLists(client, [...changes.conversations.keys(), ...back], myId));
  }
  for (const id of changes.notes) work.push(client.invalidateQueries({ queryKey: [...NOTES, id] }));
  const deliveries = new Map([...changes.deliveries].filter(([id]) => !changes.conversations.has(id)));
  if (deliveries.size > 0) work.push(refreshDeliveries(client, deliveries, myId));
  for (const id of new Set([...changes.conversations.keys(), ...changes.deliveries.keys()])) {
    const ids = touched(changes, id);
    if (ids) work.push(refreshThread(client, id, ids).catch(unlessGone));
    if (changes.conversations.has(id)) work.push(client.invalidateQueries({ queryKey: [...DETAILS, id] }));
  }
  await Promise.all(work);
  // After the threads: a message that has just come is known by then.
  await Promise.all(
    [...changes.messages].map(([id, ids]) => refreshMessages(client, id, ids).catch(unlessGone)),
  );
}

/** What went out of sight a moment ago is not owed: its own event comes. */
function unlessGone(error: unknown): void {
  if (!isGone(error)) throw error;
}
