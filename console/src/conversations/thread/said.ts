import type { Attachment, MessageButton, Quote, SentTemplate, Upload } from "../../api/types";
import type { PendingPart } from "../outbox/parts";
import type { BubbleEntry } from "./timeline";

/** What a bubble shows, whether the server has it yet or not. */
export type Said = {
  text: string | null;
  attachments: readonly Attachment[];
  quote: Quote | null;
  buttons: readonly MessageButton[];
  template: SentTemplate | null;
  request: { title: string; subtitle: string } | null;
  unreadable: boolean;
};

const NOTHING: Omit<Attachment, "type"> = {
  media_id: null,
  state: "none",
  state_text: null,
  url: null,
  thumbnail_url: null,
  name: null,
  size_bytes: null,
  content_type: null,
  width: null,
  height: null,
  duration_ms: null,
  latitude: null,
  longitude: null,
  title: null,
  description: null,
  link_url: null,
  phone: null,
};

/** A file that waits to be sent, as the attachment that it will be. */
export function attachmentOf(upload: Upload): Attachment {
  const type = upload.type === "image" || upload.type === "gif" ? upload.type : "file";
  return {
    ...NOTHING,
    type,
    media_id: upload.media_id,
    state: "stored",
    url: upload.url,
    thumbnail_url: upload.thumbnail_url,
    name: upload.name,
    size_bytes: upload.size_bytes,
    content_type: upload.content_type,
    width: upload.width,
    height: upload.height,
  };
}

function pendingSaid({ whole, text, media, first }: PendingPart): Said {
  const { quote, template, requestInfo } = whole;
  const words = text !== "";
  return {
    text: text || null,
    attachments: media ? [attachmentOf(media)] : whole.stickerId ? [{ ...NOTHING, type: "sticker" }] : [],
    quote:
      first && quote
        ? {
            message_id: quote.messageId,
            author_name: quote.authorName,
            direction: quote.direction,
            kind: quote.kind as Quote["kind"],
            text: quote.text,
          }
        : null,
    buttons: words ? whole.buttons.map(({ title, type, payload }) => ({ title, type, payload })) : [],
    template: template && {
      template_id: template.templateId,
      name: template.name,
      via: template.via,
      fields: Object.entries(template.data).map(([name, value]) => ({ name, value })),
      link_url: null,
      answers: [],
    },
    request: requestInfo && { title: requestInfo.title, subtitle: requestInfo.subtitle },
    unreadable: false,
  };
}

export function saidBy({ source, album }: Pick<BubbleEntry, "source" | "album">): Said {
  if ("pending" in source) return pendingSaid(source.pending);
  const { message } = source;
  const { text, quote, buttons, template } = message;
  const attachments = (album ?? [message]).flatMap((one) => one.attachments);
  const empty = !text && attachments.length === 0 && !template && buttons.length === 0;
  return {
    text,
    attachments,
    quote,
    buttons,
    template,
    request: null,
    unreadable: message.kind === "unsupported" || empty,
  };
}
