import type { ApiToken, Device } from "../src/api/account";
import type { ChannelAccountDetail, ChannelLimit, PrivacyRequest, StaffMember, Team } from "../src/api/admin";
import type {
  Attachment,
  ChannelAccount,
  Contact,
  ConversationDetail,
  Delivery,
  Me,
  Message,
  QuarantineItem,
  Reply,
} from "../src/api/types";
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
    failed_count: 5,
    avatar_url: null,
    liveness: { state: "ok", text: "Όπως συνήθως", last_event_at: ago(3) },
    sends_blocked: false,
    ...change,
  };
}

/** The page of an account of which everything is known. */
export function accountPage(id: number, change: Partial<ChannelAccountDetail> = {}): ChannelAccountDetail {
  const sweep = { cause: "asked" as const, since: ago(9000), until: ago(60), found: 0, added: 0 };
  return {
    ...account(id),
    pool: "everybody",
    pool_team: null,
    profile: {
      description: "Κλινοσκεπάσματα",
      is_verified: true,
      category: "Σπίτι",
      follower_count: 12_345,
      package_name: "Πλήρες",
      package_until: "31/12/2026",
      cover_url: null,
      zca_linked: true,
      fetched_at: ago(100),
    },
    quotas: [
      { kind: "a", text: "Μηνύματα", remain: 1200, total: 2000, until: "30/11/2026" },
      { kind: "b", text: "Ομάδες", remain: 3, total: 100, until: null },
      { kind: "c", text: "Άρθρα", remain: null, total: null, until: null },
    ],
    webhook_url: "https://πύλη/1",
    token_expires_at: ago(-20 * 60),
    tags: [{ id: 1, name: "Χονδρική", contacts: 12 }],
    follower_sources: [
      { source: "qr", text: "Κωδικός", count: 5 },
      { source: "ad", text: "Διαφήμιση", count: 50 },
    ],
    sweeps: (["queued", "running", "done", "failed"] as const).map((state, index) => ({
      ...sweep,
      id: index,
      state,
      cause: (["asked", "outage", "missed", "reconnected"] as const)[index] ?? "asked",
      started_at: null,
      finished_at: null,
      text: `Ιστορικό ${index}`,
    })),
    gaps: [
      {
        id: 1,
        conversation_id: 7,
        from_at: ago(400),
        until_at: ago(300),
        reason: "group",
        text: "Δεν δίνεται ξανά",
      },
    ],
    ...change,
  };
}

export function limit(key: string, change: Partial<ChannelLimit> = {}): ChannelLimit {
  return {
    key,
    text: `Όριο ${key}`,
    value: 2000,
    unit: "characters",
    unit_text: "χαρακτήρες",
    default_value: 2000,
    least: 100,
    most: 100_000,
    source: "Πηγή",
    as_of: "2026-08-20",
    changed_by: null,
    changed_at: null,
    ...change,
  };
}

export function staffMember(id: number, change: Partial<StaffMember> = {}): StaffMember {
  return {
    id,
    code: `ΝΒ-${id}`,
    name: `Λαν ${id}`,
    email: null,
    phone: "+84912345678",
    role: "staff",
    teams: [],
    last_seen_at: null,
    created_at: ago(60 * 24 * 9),
    suspended_at: null,
    invited: false,
    invitation_expires_at: null,
    totp: false,
    recording_confirmed_at: null,
    ...change,
  };
}

export function team(id: number, change: Partial<Team> = {}): Team {
  return {
    id,
    parent_id: null,
    kind: "branch",
    name: `Ομάδα ${id}`,
    depth: 0,
    member_count: 2,
    leads: [],
    empty: false,
    ...change,
  };
}

export function privacyRequest(id: number, change: Partial<PrivacyRequest> = {}): PrivacyRequest {
  return {
    id,
    kind: "withdraw",
    text: "Ανακαλεί τη συγκατάθεση",
    contact: { id, code: `ΚΧ-${id}`, name: `Πελάτης ${id}`, avatar_url: null },
    account: { id: 1, name: "Σου Βιν", channel: "zalo_oa" },
    requested_at: ago(600),
    due_at: ago(600 - 72 * 60),
    closed_at: null,
    closed_by: null,
    note: null,
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

export function device(id: number, change: Partial<Device> = {}): Device {
  return {
    id,
    address: "192.168.1.7",
    device: "Συσκευή",
    created_at: ago(3000),
    last_seen_at: ago(5),
    current: false,
    ...change,
  };
}

export function apiToken(id: number, change: Partial<ApiToken> = {}): ApiToken {
  return {
    id,
    staff: { id: me.id, code: me.code, name: me.name },
    name: `Πρόγραμμα ${id}`,
    hint: "σκχ_1",
    scopes: ["conversation:read", "note:write"],
    created_at: ago(9000),
    expires_at: ago(-60 * 24 * 30),
    last_used_at: null,
    address: null,
    revoked_at: null,
    ...change,
  };
}
