import type { QueryClient } from "@tanstack/react-query";
import { patchQuery } from "../../shared/patchQuery";
import { perTab } from "../../shared/storage";
import { type ThreadData, upsertMessage } from "../cache/threadPages";
import { threadQuery } from "../queries";
import { Outbox } from "./outbox";
import { postMessage } from "./postMessage";

export function createOutbox(client: QueryClient): Outbox {
  return new Outbox({
    post: postMessage,
    confirmed: (messages) => {
      const [first] = messages;
      if (!first) return;
      const key = threadQuery(first.conversation_id).queryKey;
      patchQuery<ThreadData>(client, key, (data) => messages.reduce(upsertMessage, data));
    },
    store: perTab,
  });
}
