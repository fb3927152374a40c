import type { Message, Order, Part, Quote } from "../shared/api";
import type { Shown } from "./timeline";

/** Something on its way to the account. `sentAs` is its id once the sandbox has it. */
export type Pending = {
  id: string;
  order: Order;
  quote: Quote | null;
  file: File | null;
  preview: string | null;
  time: number;
  failed: boolean;
  sentAs: string | null;
};

/** The thread with what is not in it yet, in the order of writing. */
export function withPending(messages: readonly Message[], pending: readonly Pending[]): Shown[] {
  const known = new Set(messages.map((message) => message.msg_id));
  const waiting = pending.filter((one) => !one.sentAs || !known.has(one.sentAs));
  return [...messages, ...waiting.map(shown)];
}

/** Those that the thread does not have yet. */
export function stillPending(messages: readonly Message[], pending: readonly Pending[]): Pending[] {
  const known = new Set(messages.map((message) => message.msg_id));
  return pending.filter((one) => !one.sentAs || !known.has(one.sentAs));
}

function shown(one: Pending): Shown {
  return {
    msg_id: one.id,
    src: 1,
    type: one.order.type,
    text: one.order.text ?? null,
    time: one.time,
    quote: one.quote,
    attachments: parts(one),
    extra: {},
    reactions: [],
    own_reactions: [],
    pending: one.failed ? "failed" : "sending",
    ...(one.preview ? { preview: one.preview } : {}),
  };
}

function parts({ order, file, preview }: Pending): Part[] {
  if (order.type === "text") return [];
  if (order.payload) return [{ type: order.type, payload: order.payload }];
  const name = file?.name ?? order.variant ?? "";
  return [
    {
      type: order.type,
      payload: {
        name,
        size: file ? String(file.size) : undefined,
        url: preview ?? "",
        thumbnail: preview ?? "",
      },
    },
  ];
}

const LINK_ALONE = /^https?:\/\/[^\s<>"']+$/i;

/** A web address alone becomes a link, as on Zalo; anything else is a text. */
export function orderOf(words: string): Order {
  const text = words.trim();
  if (!LINK_ALONE.test(text)) return { type: "text", text };
  return { type: "link", text, payload: { thumbnail: "", description: text, url: text } };
}

/** What the sandbox will make of a file, so that it looks right while it is on its way. */
export function kindOf(file: File): string {
  if (file.type === "image/gif") return "gif";
  if (["image/jpeg", "image/png"].includes(file.type)) return "image";
  if (file.type === "video/mp4" || file.type === "video/quicktime") return "video";
  return /\.(amr|aac)$/i.test(file.name) ? "audio" : "file";
}
