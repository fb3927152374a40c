import type { QueryClient } from "@tanstack/react-query";
import { api, call } from "../../api/client";
import { patchQuery } from "../../shared/patchQuery";
import { perTab } from "../../shared/storage";
import { type ThreadData, upsertMessage } from "../cache/threadPages";
import { threadQuery } from "../queries";
import { Outbox } from "./outbox";

export function createOutbox(client: QueryClient): Outbox {
  return new Outbox({
    post: (pending) =>
      call(
        api.POST("/api/conversations/{conversation_id}/messages", {
          params: { path: { conversation_id: pending.conversationId } },
          body: { client_id: pending.clientId, text: pending.text },
        }),
      ),
    confirmed: (message) => {
      const key = threadQuery(message.conversation_id).queryKey;
      patchQuery<ThreadData>(client, key, (data) => upsertMessage(data, message));
    },
    store: perTab,
  });
}
