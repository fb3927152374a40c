import type { Pending } from "./outbox";

/** The body of a sending: only what it has. */
export function sendingOf(pending: Pending) {
  const { text, media, quote, buttons, stickerId, requestInfo, template, mentions } = pending;
  return {
    client_id: pending.clientId,
    ...(text && { text }),
    ...(media.length > 0 && { media_ids: media.map((one) => one.media_id) }),
    ...(quote && { quote_message_id: quote.messageId }),
    ...(buttons.length > 0 && { buttons: [...buttons] }),
    ...(stickerId && { sticker_id: stickerId }),
    ...(mentions.length > 0 && { mentions: [...mentions] }),
    ...(requestInfo && { request_info: requestInfo }),
    ...(template && {
      template: { template_id: template.templateId, data: template.data, via: template.via },
    }),
  };
}
