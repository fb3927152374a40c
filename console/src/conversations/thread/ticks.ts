import type { Message } from "../../api/types";
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
