import type { QueryClient } from "@tanstack/react-query";
import type { Message } from "../../api/types";
import { patchQuery } from "../../shared/patchQuery";
import { perTab } from "../../shared/storage";
import { type ThreadData, upsertMessage } from "../cache/threadPages";
import { threadQuery } from "../queries";
import { Outbox } from "./outbox";
import { postMessage } from "./postMessage";

/** Puts what the server confirmed into the thread. */
export function keepConfirmed(client: QueryClient, messages: readonly Message[]): void {
  const [first] = messages;
  if (!first) return;
  const { queryKey } = threadQuery(first.conversation_id);
  patchQuery<ThreadData>(client, queryKey, (data) => messages.reduce(upsertMessage, data));
  // A reading that is under way may have begun before the message was written, and would hide it: it begins anew.
  if (client.getQueryState(queryKey)?.fetchStatus === "fetching")
    void client.invalidateQueries({ queryKey, exact: true });
}

export function createOutbox(client: QueryClient): Outbox {
  return new Outbox({
    post: postMessage,
    confirmed: (messages) => keepConfirmed(client, messages),
    store: perTab,
  });
}
