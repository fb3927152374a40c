import type { LastWords, Message, Order } from "../shared/api";
import { ApiError, ask, BASE } from "../shared/api";

/** `account`: somebody has signed in as this person elsewhere. `connected`: they listen there now. */
export type Person = {
  uid: string;
  name: string;
  avatar: string;
  phone: string | null;
  account: boolean;
  connected: boolean;
};

export type Label = { text: string; color: string };

/** One thread of a phone; `last.src` 1 = by the phone's own person. */
export type Chat = {
  thread: string;
  group: boolean;
  name: string;
  avatar: string;
  last: LastWords | null;
  unread: number;
  labels: Label[];
};

/** A code for signing in that some screen shows. */
export type Code = {
  code: string;
  state: "shown" | "scanned";
  uid: string | null;
  name: string | null;
  expires: number;
};

/** An open request of friendship; `ours`: sent from this phone, to `uid`. */
export type FriendRequest = {
  uid: string;
  name: string;
  avatar: string;
  ours: boolean;
  message: string;
  time: number;
};

export type PhoneState = {
  person: Person;
  requests: FriendRequest[];
  chats: Chat[];
  labels: Label[];
  codes: Code[];
  now: number;
};

export type PersonalMessage = Message & {
  author: string;
  avatar: string;
  by_phone: boolean;
  recalled: boolean;
};

export type Talk = {
  person: Person;
  chat: Chat;
  members: string[];
  friends: boolean;
  request: FriendRequest | null;
  labels: Label[];
  messages: PersonalMessage[];
  complete: boolean;
  own_state: "sent" | "received" | "seen" | null;
  now: number;
};

const personOf = (uid: string) => `/personal/people/${encodeURIComponent(uid)}`;

export const people = {
  list: () => ask<Person[]>("GET", "/personal/people"),
  add: (name: string) => ask<Person>("POST", "/personal/people", { name }),
};

function friendshipOf(uid: string) {
  const requestTo = (other: string) => `${personOf(uid)}/requests/${encodeURIComponent(other)}`;
  return {
    askFriend: (other: string, message: string) => ask("POST", requestTo(other), { message }),
    acceptFriend: (other: string) => ask("POST", `${requestTo(other)}/accept`),
    /** Declines theirs, or takes back ours; that it is over already is as good. */
    endRequest: (other: string) =>
      ask("DELETE", requestTo(other)).catch((error: unknown) => {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }),
  };
}

export type Friendship = ReturnType<typeof friendshipOf>;

export function zaloOf(uid: string) {
  const path = personOf(uid);
  return {
    state: () => ask<PhoneState>("GET", path),
    scan: (code: string) => ask<{ code: string }>("POST", `${path}/codes`, { code }),
    confirm: (code: string) => ask("POST", `${path}/codes/${encodeURIComponent(code)}`),
    decline: (code: string) => ask("DELETE", `${path}/codes/${encodeURIComponent(code)}`),
    ...friendshipOf(uid),
  };
}

export type Zalo = ReturnType<typeof zaloOf>;

/** One thread on one phone. */
export function talkOf(uid: string, thread: string, group: boolean) {
  const path = `${personOf(uid)}/chats/${encodeURIComponent(thread)}`;
  const query = `group=${group}`;
  return {
    read: (limit: number) => ask<Talk>("GET", `${path}?${query}&limit=${limit}`),
    send: (order: Order) => ask<{ msg_id: string }>("POST", `${path}/messages?${query}`, order),
    upload: (file: File) => {
      const name = encodeURIComponent(file.name || "anh.jpg");
      return ask<{ msg_id: string }>("POST", `${path}/uploads?${query}&name=${name}`, file);
    },
    seen: () => ask("POST", `${path}/seen?${query}`),
    typing: () => ask("POST", `${path}/typing?${query}`),
    label: (text: string, on: boolean) => ask("POST", `${path}/labels?${query}`, { text, on }),
    react: (msg_id: string, icon: string) => ask("POST", `${personOf(uid)}/reactions`, { msg_id, icon }),
    ...friendshipOf(uid),
    recall: (msg_id: string) => ask("POST", `${personOf(uid)}/recalls`, { msg_id }),
  };
}

export type TalkPhone = ReturnType<typeof talkOf>;

/** News of a phone, of one of its threads, or of who there is. */
export function personalStreamUrl(uid: string, thread: string | null, group: boolean): string {
  if (!uid) return `${BASE}/personal/stream`;
  const query = new URLSearchParams();
  if (thread) {
    query.set("thread", thread);
    query.set("group", `${group}`);
  }
  return `${BASE}${personOf(uid)}/stream?${query}`;
}
