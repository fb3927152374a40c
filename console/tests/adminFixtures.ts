import type { ApiToken, Device } from "../src/api/account";
import type { ChannelAccountDetail, ChannelLimit, PrivacyRequest, StaffMember, Team } from "../src/api/admin";
import type { ChannelAccount, QuarantineItem } from "../src/api/types";
import { ago, me } from "./fixtures";

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
