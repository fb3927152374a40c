import { api, call } from "../../api/client";
import type { Message } from "../../api/types";
import type { Pending } from "./outbox";

/** The body of a sending: only what it has. */
export function sendingOf(pending: Pending) {
  const { text, media, quote, buttons, requestInfo, template } = pending;
  return {
    client_id: pending.clientId,
    ...(text && { text }),
    ...(media.length > 0 && { media_ids: media.map((one) => one.media_id) }),
    ...(quote && { quote_message_id: quote.messageId }),
    ...(buttons.length > 0 && { buttons: [...buttons] }),
    ...(requestInfo && { request_info: requestInfo }),
    ...(template && {
      template: { template_id: template.templateId, data: template.data, via: template.via },
    }),
  };
}

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
