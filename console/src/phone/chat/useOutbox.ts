import { useCallback, useEffect, useRef, useState } from "react";
import { uuid } from "../../shared/uuid";
import type { Message, Order, Phone, Quote } from "../shared/api";
import { sampleUrl } from "../shared/api";
import { kindOf, type Pending, stillPending, withPending } from "./outbox";
import type { Shown } from "./timeline";

const NONE: readonly Message[] = [];

/** Sends one after another, and shows at once what is on its way. */
export function useOutbox(
  phone: Pick<Phone, "send" | "upload">,
  thread: { messages: readonly Message[] } | null,
  again: () => void,
) {
  const [pending, setPending] = useState<Pending[]>([]);
  const line = useRef(Promise.resolve());
  const messages = thread?.messages ?? NONE;

  useEffect(() => {
    setPending((all) => {
      const left = stillPending(messages, all);
      for (const one of all)
        if (!left.includes(one) && one.file && one.preview) URL.revokeObjectURL(one.preview);
      return left.length === all.length ? all : left;
    });
  }, [messages]);

  const post = useCallback(
    (one: Pending) => {
      const patch = (change: Partial<Pending>) =>
        setPending((all) => all.map((other) => (other.id === one.id ? { ...other, ...change } : other)));
      line.current = line.current.then(async () => {
        try {
          const sent = await (one.file ? phone.upload(one.file) : phone.send(one.order));
          patch({ sentAs: sent.msg_id });
          again();
        } catch {
          patch({ failed: true });
        }
      });
    },
    [phone, again],
  );

  const add = (order: Order, quote: Quote | null, file: File | null) => {
    const picture = order.variant && order.type !== "sticker" ? sampleUrl(order.variant) : null;
    const one: Pending = {
      id: uuid(),
      order: quote ? { ...order, quote_msg_id: quote.msg_id } : order,
      quote,
      file,
      preview: file ? URL.createObjectURL(file) : (picture ?? sticker(order)),
      time: Math.max(Date.now(), messages.at(-1)?.time ?? 0),
      failed: false,
      sentAs: null,
    };
    setPending((all) => [...all, one]);
    post(one);
  };

  return {
    shown: withPending(messages, pending) as Shown[],
    send: (order: Order, quote: Quote | null = null) => add(order, quote, null),
    sendFile: (file: File) => add({ type: kindOf(file) }, null, file),
    retry(id: string) {
      const one = pending.find((other) => other.id === id);
      if (!one) return;
      setPending((all) => all.map((other) => (other.id === id ? { ...other, failed: false } : other)));
      post(one);
    },
  };
}

function sticker(order: Order): string | null {
  return order.type === "sticker" && order.variant ? stickerUrl(order.variant) : null;
}

export function stickerUrl(id: string): string {
  return `/cdn/stickers/${encodeURIComponent(id)}.png`;
}
