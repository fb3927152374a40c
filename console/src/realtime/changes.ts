import type { RealtimeEvent } from "./protocol";

/** What a run of events asks to be read again. Sets, so that a hundred events about one thread cost one read. */
export type Changes = {
  /** Message ids per conversation whose row or messages changed. */
  conversations: Map<number, Set<number>>;
  /** Message ids per conversation where only the delivery state moved: at most these rows of the list are read. */
  deliveries: Map<number, Set<number>>;
  /** Message ids per conversation whose files or reactions changed: those messages are read again, nothing else. */
  messages: Map<number, Set<number>>;
  /** Conversations that went out of sight: their rows are gone already, the counts are to be read. */
  hidden: Set<number>;
  /** Conversations whose notes are to be read again. */
  notes: Set<number>;
  accounts: boolean;
  /** Personal accounts, any of them: the board reads all at once. */
  personal: boolean;
  /** Logins by code that went on. */
  logins: Set<number>;
  privacyRequests: boolean;
  quarantine: boolean;
  imports: boolean;
  /** The cursor was too old, or a whole company is gone: everything must be read again. */
  everything: boolean;
};

export function noChanges(): Changes {
  return {
    conversations: new Map(),
    deliveries: new Map(),
    messages: new Map(),
    hidden: new Set(),
    notes: new Set(),
    accounts: false,
    personal: false,
    logins: new Set(),
    privacyRequests: false,
    quarantine: false,
    imports: false,
    everything: false,
  };
}

function add(map: Map<number, Set<number>>, conversation: number, messages: Iterable<number>): void {
  const known = map.get(conversation) ?? new Set<number>();
  for (const id of messages) known.add(id);
  map.set(conversation, known);
}

/** Whether there is anything to read. */
export function isAny(changes: Changes): boolean {
  return Object.values(changes).some((one) => (typeof one === "boolean" ? one : one.size > 0));
}

export function collect(changes: Changes, events: readonly RealtimeEvent[]): Changes {
  for (const event of events) {
    switch (event.kind) {
      case "conversation.changed":
        changes.hidden.delete(event.conversation_id);
        add(changes.conversations, event.conversation_id, event.message_ids ?? []);
        break;
      case "conversation.hidden":
        for (const map of [changes.conversations, changes.deliveries, changes.messages, changes.notes])
          map.delete(event.conversation_id);
        changes.hidden.add(event.conversation_id);
        break;
      case "note.added":
      case "note.deleted":
        changes.notes.add(event.conversation_id);
        break;
      case "delivery.changed":
        add(changes.deliveries, event.conversation_id, [event.message_id]);
        break;
      case "message.changed":
        add(changes.messages, event.conversation_id, event.message_ids);
        break;
      case "channel_account.changed":
        changes.accounts = true;
        break;
      case "personal_account.changed":
        changes.personal = true;
        break;
      case "personal_login.changed":
        changes.logins.add(event.id);
        break;
      case "privacy_request.changed":
        changes.privacyRequests = true;
        break;
      case "quarantine.changed":
        changes.quarantine = true;
        break;
      case "history_import.changed":
        changes.imports = true;
        break;
      case "everything.changed":
        changes.everything = true;
        break;
    }
  }
  return changes;
}

/** Changed messages of one conversation, of both sorts. Null when it was not touched. */
export function touched(changes: Changes, conversation: number): Set<number> | null {
  const bodies = changes.conversations.get(conversation);
  const deliveries = changes.deliveries.get(conversation);
  if (!bodies && !deliveries) return null;
  return new Set([...(bodies ?? []), ...(deliveries ?? [])]);
}
