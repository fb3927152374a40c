import type {
  ChannelAccount,
  ConversationDetail,
  Delivery,
  Me,
  Message,
  QuarantineItem,
} from "../src/api/types";

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
  permissions: ["channel_account:read", "quarantine:read", "quarantine:retry", "conversation:reply"],
};

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
    },
    unread_count: 0,
    waiting_since: null,
    episode_open: true,
    first_seen_at: ago(90_000),
    message_count: 1234,
    reply: { allowed: true, reason: null, free_until: ago(-41 * 60 - 1), window_until: ago(-6 * 1440) },
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

export function account(id: number, change: Partial<ChannelAccount> = {}): ChannelAccount {
  return {
    id,
    channel: "zalo_oa",
    name: `Λογαριασμός ${id}`,
    external_id: "5797458635",
    health: "ok",
    health_reason: null,
    health_text: null,
    health_since: ago(500),
    last_inbound_at: ago(3),
    last_outbound_at: null,
    received_count: 12_345,
    processed_count: 12_340,
    quarantined_count: 5,
    ...change,
  };
}

export function quarantined(id: number, change: Partial<QuarantineItem> = {}): QuarantineItem {
  return {
    id,
    account_id: 1,
    account_name: "",
    received_at: ago(60),
    reason: "unreadable",
    reason_text: "Αδύνατη ανάγνωση",
    detail: "λάθος 812",
    attempts: 2,
    size_bytes: 12_800,
    ...change,
  };
}
