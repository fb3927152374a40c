export type RealtimeEvent =
  | { seq: number; kind: "conversation.changed"; conversation_id: number; message_ids?: number[] }
  /** The reader does not see it any more. */
  | { seq: number; kind: "conversation.hidden"; conversation_id: number }
  | { seq: number; kind: "note.added" | "note.deleted"; conversation_id: number }
  | { seq: number; kind: "delivery.changed"; conversation_id: number; message_id: number }
  | { seq: number; kind: "message.changed"; conversation_id: number; message_ids: number[] }
  | { seq: number; kind: "channel_account.changed" }
  | { seq: number; kind: "personal_account.changed"; id: number }
  | { seq: number; kind: "personal_login.changed"; id: number }
  | { seq: number; kind: "history_import.changed"; import_id: number }
  | { seq: number; kind: "privacy_request.changed" }
  | { seq: number; kind: "quarantine.changed" }
  | { seq: number; kind: "everything.changed" };

/** Somebody writes just now. It is kept nowhere, so it has no place in the order of events. */
export type Typing = { kind: "conversation.typing"; conversation_id: number; name: string };

export type ServerFrame =
  | { type: "hello"; cursor: number; reset: boolean }
  | { type: "events"; cursor: number; events: (RealtimeEvent | Typing)[] }
  | { type: "ping" };

/** Null for what this version does not know: a newer server may say more than we understand. */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame = JSON.parse(data) as ServerFrame;
    return ["hello", "events", "ping"].includes(frame?.type) ? frame : null;
  } catch {
    return null;
  }
}
