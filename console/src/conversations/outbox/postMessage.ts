import { api, call } from "../../api/client";
import type { Message } from "../../api/types";
import type { Pending } from "./outbox";
import { sendingOf } from "./sending";

/** Hands a message to the server. What it became comes back: long texts and several files are several messages. */
export async function postMessage(pending: Pending): Promise<Message[]> {
  const { items } = await call(
    api.POST("/api/conversations/{conversation_id}/messages", {
      params: { path: { conversation_id: pending.conversationId } },
      body: sendingOf(pending),
    }),
  );
  return items;
}
