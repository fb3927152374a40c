import type { ConversationRow, Message } from "../../api/types";
import type { Pending } from "../outbox/outbox";

/** How far an outgoing message has come. `waiting` is still in this browser. */
export type Tick = "waiting" | "queued" | "sending" | "sent" | "delivered" | "seen" | "failed" | "uncertain";

/** Messages that came from the customer, or from Zalo's own tools without receipts, have none. */
export function tickOfMessage(message: Message): Tick | null {
  return message.direction === "out" ? (message.delivery?.state ?? null) : null;
}

export function tickOfPending(pending: Pending): Tick {
  return pending.state === "failed" ? "failed" : "waiting";
}

/** What a list must say of the last message: that it did not go, or may not have gone. */
export function troubleOfRow({ last_message: last }: ConversationRow): "failed" | "uncertain" | null {
  const state = last?.delivery_state;
  return state === "failed" || state === "uncertain" ? state : null;
}

/** Whether what follows may be trouble, or the end of it. Once the platform took a message it stays so. */
export function mayFailOrMend({ last_message: last }: ConversationRow): boolean {
  const state = last?.delivery_state;
  return state === "queued" || state === "sending" || state === "failed" || state === "uncertain";
}
