import type {
  FriendRequest,
  PersonalAccount,
  PersonalAccountDetail,
  PersonalLogin,
  PrivateExtent,
} from "../src/channels/personal/types";
import { ago, me } from "./fixtures";

export const holder = { id: 5, name: "Λαν" };
export const myself = { id: me.id, name: me.name };

export function personalAccount(id: number, change: Partial<PersonalAccount> = {}): PersonalAccount {
  return {
    id,
    name: `Ζάλο ${id}`,
    uid: `900${id}`,
    phone: "+84912345678",
    avatar_url: null,
    holder,
    sim: "company",
    state: "online",
    reason: null,
    since: ago(30),
    last_message_at: ago(3),
    completeness: { percent: 99.96, gaps: 0, since: ago(9000) },
    caps: [
      { cap: "messages_day", text: "Μηνύματα", used: 12, limit: 200 },
      { cap: "strangers_day", text: "Άγνωστοι", used: 9, limit: 10 },
    ],
    warm_until: null,
    queued: 0,
    waiting_calls: 0,
    ...change,
  };
}

export function personalPage(id: number, change: Partial<PersonalAccountDetail> = {}): PersonalAccountDetail {
  return {
    ...personalAccount(id),
    spans: [
      { connected_at: ago(30), ended_at: null, reason: null },
      { connected_at: ago(600), ended_at: ago(60), reason: "Διακοπή" },
      { connected_at: ago(900), ended_at: ago(700), reason: null },
    ],
    frames: [],
    consent: { at: ago(9000), version: "1", recorded_by: null },
    private: { contacts: 0, messages: 0 },
    proxy: false,
    gaps: [],
    ...change,
  };
}

export function personalLogin(change: Partial<PersonalLogin> = {}): PersonalLogin {
  return {
    id: 1,
    state: "code",
    image: "data:image/png;base64,AA==",
    expires_at: new Date(Date.now() + 60_000).toISOString(),
    name: null,
    avatar_url: null,
    account_id: null,
    error: null,
    ...change,
  };
}

export function privateExtent(change: Partial<PrivateExtent> = {}): PrivateExtent {
  return {
    sim: "own",
    can_mark: true,
    items: [
      {
        person: "7",
        group: false,
        contact_id: 1,
        name: "Πελάτης 1",
        kind: "work",
        by: myself,
        at: ago(6000),
      },
    ],
    threads: 4,
    messages: 1234,
    by_day: [
      { day: "2026-11-21", threads: 2, messages: 30 },
      { day: "2026-11-22", threads: 1, messages: 4 },
    ],
    ...change,
  };
}

export function friendRequest(change: Partial<FriendRequest> = {}): FriendRequest {
  return {
    person: "77",
    name: "Μαρία",
    avatar_url: null,
    conversation_id: 9,
    direction: "in",
    note: "Γεια σας",
    at: ago(5),
    state: "open",
    answer: null,
    error: null,
    changed_at: ago(5),
    ...change,
  };
}

export const consent = { version: "2", text: "Ανεπίσημη σύνδεση.\nΜπορεί να κλειδωθεί.", recorded_at: null };
