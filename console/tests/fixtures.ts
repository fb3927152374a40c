import type { Attachment, Contact, ConversationDetail, Delivery, Me, Message, Reply } from "../src/api/types";
import type { Note, Share } from "../src/api/visibility";

// Data is written in Greek letters: whatever shows a Latin letter on a page is then a text of our own.
export const NOW = Date.parse("2026-11-22T03:00:00Z");

export function ago(minutes: number): string {
  return new Date(NOW - minutes * 60_000).toISOString();
}

export const me: Me = {
  id: 1,
  code: "ΝΒ-000001",
  name: "Χονγ Ενγ",
  email: null,
  phone: null,
  role: "admin",
  locale: "vi",
  color_scheme: "light",
  timezone: "Asia/Ho_Chi_Minh",
  needs_second_factor: false,
  recording_confirmed: true,
  permissions: [
    "channel_account:manage",
    "channel_account:read",
    "channel_limit:manage",
    "contact:reveal",
    "contact:update",
    "conversation:assign",
    "conversation:claim",
    "conversation:reply",
    "conversation:resolve",
    "conversation:share",
    "custody:transfer",
    "note:write",
    "privacy_request:close",
    "privacy_request:read",
    "quarantine:read",
    "quarantine:retry",
    "staff:manage",
    "staff:read",
    "team:manage",
  ],
};

/** May answer, for nothing, with all that the channel takes. */
export function replying(change: Partial<Reply> = {}): Reply {
  return {
    allowed: true,
    blocked: false,
    reason: null,
    free_until: ago(-41 * 60 - 1),
    window_until: ago(-6 * 1440),
    max_length: 2000,
    cost_text: null,
    quota: null,
    can: ["text", "image", "gif", "file", "quote", "reaction", "request_info", "buttons", "template_uid"],
    ...change,
  };
}

export function conversation(id: number, change: Partial<ConversationDetail> = {}): ConversationDetail {
  return {
    id,
    code: `ΗΤ-${id}`,
    kind: "direct",
    account: { id: 1, name: "Σου Βιν", channel: "zalo_oa" },
    contact: { id, code: `ΚΧ-${id}`, name: `Πελάτης ${id}`, avatar_url: null },
    title: `Πελάτης ${id}`,
    custodian: { id: 1, name: me.name },
    assignee: null,
    last_message: {
      id: id * 100,
      preview: "Καλημέρα",
      direction: "in",
      author_name: null,
      kind: "text",
      sent_at: ago(id * 5),
      delivery_state: null,
      recalled: false,
    },
    unread_count: 0,
    waiting_since: null,
    episode_open: true,
    first_seen_at: ago(90_000),
    message_count: 1234,
    tags: [],
    access: "full",
    actions: ["assign", "assign_self", "note", "reply", "resolve", "share", "tag", "transfer"],
    reply: replying(),
    ...change,
  };
}

export function attachment(type: Attachment["type"], change: Partial<Attachment> = {}): Attachment {
  return {
    type,
    media_id: 1,
    state: "stored",
    state_text: null,
    url: "/api/media/1",
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
    ...change,
  };
}

export function contact(id: number, change: Partial<Contact> = {}): Contact {
  return {
    id,
    code: `ΚΧ-${id}`,
    name: `Πελάτης ${id}`,
    avatar_url: null,
    level: "full",
    tags: [],
    phones: [],
    emails: [],
    details: {
      name: null,
      phone: null,
      address: null,
      ward: null,
      district: null,
      city: null,
      birthday: null,
      gender: null,
      alias: null,
      external_ref: null,
    },
    identities: [],
    ...change,
  };
}

export function message(id: number, change: Partial<Message> = {}): Message {
  return {
    id,
    conversation_id: 1,
    direction: "in",
    author: { kind: "customer", id: 1, name: "Πελάτης 1", avatar_url: null },
    kind: "text",
    text: `Μήνυμα ${id}`,
    attachments: [],
    event: null,
    quote: null,
    reactions: [],
    buttons: [],
    template: null,
    can_quote: true,
    can_react: true,
    recalled: null,
    recalling: null,
    can_recall: false,
    mentions: [],
    from_phone: false,
    imported: false,
    sent_at: ago(1000 - id),
    client_id: null,
    delivery: null,
    ...change,
  };
}

export function reply(id: number, state: Delivery["state"], change: Partial<Message> = {}): Message {
  return message(id, {
    direction: "out",
    author: { kind: "staff", id: me.id, name: me.name, avatar_url: null },
    delivery: { state, reason: null, can_retry: state === "failed", at: ago(1) },
    ...change,
  });
}

export function note(id: number, change: Partial<Note> = {}): Note {
  return {
    id,
    author: { id: me.id, name: me.name },
    text: `Σημείωση ${id}`,
    mentions: [],
    created_at: ago(500 - id),
    edited_at: null,
    deleted: false,
    ...change,
  };
}

export function share(id: number, change: Partial<Share> = {}): Share {
  return {
    id,
    staff: { id: 5, name: "Λαν" },
    granted_by: { id: me.id, name: me.name },
    granted_at: ago(60),
    until: ago(-60 * 24 * 7),
    note: "",
    ...change,
  };
}
