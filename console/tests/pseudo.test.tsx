import { QueryClient } from "@tanstack/react-query";
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery, View } from "../src/api/types";
import { makeRouter } from "../src/app/router";
import { messages as pseudo } from "../src/locales/pseudo.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import {
  account,
  accountPage,
  ago,
  attachment,
  contact,
  conversation,
  limit,
  me,
  message,
  NOW,
  privacyRequest,
  quarantined,
  reply,
  replying,
  staffMember,
  team,
} from "./fixtures";
import { type Routes, serve } from "./server";
import { setWidth } from "./setup";
import { PLAIN_LETTER, untranslated } from "./untranslated";

// The session would switch to the person's own language; here the pseudo-locale stays.
vi.mock("../src/shared/i18n/locale", () => ({
  activateLocale: async () => undefined,
  preferredLocale: () => "vi",
}));

type Case = {
  name: string;
  /** The route that this case shows, as the router writes it. */
  route: string;
  path: string;
  width?: number;
  routes?: Routes;
  before?: () => void;
  /** A test id, role or moment to wait for before reading the page. */
  until: () => unknown;
  afterwards?: () => unknown;
};

const LIST = "GET /api/conversations";
const ONE = "GET /api/conversations/1";
const THREAD = "GET /api/conversations/1/messages";

const page = (items: unknown[], next: string | null = null) => ({ body: { items, next } });
const demo = {
  state: "running",
  since: ago(60),
  requested_at: null,
  cleared_at: null,
  accounts: [{ id: 1, name: "Ναι", phone_url: "http://127.0.0.1:1/phone" }],
  staff_count: 12,
  team_count: 8,
  contact_count: 600,
  conversation_count: 600,
  message_count: 18_000,
  file_count: 900,
  pending_count: 4,
};
const base: Routes = {
  "GET /api/session": { body: me },
  "GET /api/setup": { body: { needs_owner: false } },
  [LIST]: page([
    conversation(1, { unread_count: 2, waiting_since: ago(4) }),
    conversation(2, { waiting_since: ago(45), kind: "group", contact: null }),
    conversation(3, { waiting_since: ago(300) }),
    conversation(4, { waiting_since: ago(0), last_message: null }),
    ...["image", "sticker", "event", "unsupported"].map((kind, index) => {
      const row = conversation(5 + index);
      const last = row.last_message && { ...row.last_message, kind, preview: null as unknown as string };
      return { ...row, last_message: last };
    }),
    conversation(9, {
      last_message: {
        id: 1,
        preview: "Ναι",
        direction: "out",
        author_name: me.name,
        kind: "text",
        sent_at: ago(2000),
        delivery_state: "failed",
      },
    }),
  ]),
  [ONE]: { body: conversation(1, { unread_count: 1 }) },
  [THREAD]: page([]),
  "GET /api/channel-accounts": page([]),
  "GET /api/channel-accounts/1/admins": page([
    { external_id: "77", staff_id: null, staff_name: null, first_seen_at: ago(600), last_seen_at: ago(60) },
    { external_id: "78", staff_id: 9, staff_name: "Ναμ", first_seen_at: ago(600), last_seen_at: ago(90) },
  ]),
  "GET /api/colleagues": page([{ id: 1, code: "ΝΒ-000001", name: "Λαν" }]),
  "GET /api/channel-accounts/1/log": page([{ id: 1, name: "α", text: "Νέο πρότυπο", at: ago(60) }], "x"),
  "GET /api/channel-limits": page([
    limit("α"),
    limit("β", { unit: "bytes", value: 3_000_000, changed_by: me.name, changed_at: ago(60) }),
    limit("γ", { unit: "hour_of_day", value: 6, least: 0, most: 23 }),
  ]),
  "GET /api/privacy-requests": page([]),
  "GET /api/staff": { body: { items: [], next: null, total: 0 } },
  "GET /api/teams": page([]),
  "GET /api/quarantine": { body: { items: [], next: null, total: 0 } },
  "GET /api/contacts/1": { body: contact(1) },
  "GET /api/tags": page([]),
  "POST /api/conversations/1/read": { status: 204 },
};
const signedOut: Routes = {
  "GET /api/session": { status: 401, body: { type: "", title: "Όχι", status: 401 } },
};
const broken = { status: 500, body: "" };

const states: Delivery["state"][] = ["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"];
const gap = { id: 1, from_at: ago(5_000), until_at: ago(4_000), text: "Κενό" };
const stateless = { media_id: null, state: "none", url: null } as const;
const everyKind = [
  ...(["image", "gif", "sticker", "audio", "video", "file"] as const).flatMap((type, index) =>
    (["stored", "pending", "failed", "refused"] as const).map((state, step) => {
      const stored = state === "stored";
      const media_id = 100 + index * 10 + step;
      return message(100 + index * 10 + step, {
        kind: type,
        text: null,
        attachments: [
          attachment(type, {
            media_id,
            state,
            url: stored ? `/api/media/${media_id}` : null,
            size_bytes: 12_345,
          }),
        ],
      });
    }),
  ),
  message(200, {
    kind: "image",
    attachments: [1, 2, 3].map((media_id) =>
      attachment("image", { media_id, url: `/api/media/${media_id}` }),
    ),
  }),
  message(201, {
    kind: "location",
    text: null,
    attachments: [
      attachment("location", { ...stateless, latitude: 10.9, longitude: 106.7 }),
      attachment("location", stateless),
    ],
  }),
  message(202, {
    kind: "link",
    text: null,
    attachments: [attachment("link", { ...stateless, title: "Σελίδα" }), attachment("link", stateless)],
  }),
  message(203, {
    kind: "contact_card",
    text: null,
    attachments: [
      attachment("contact_card", { ...stateless, title: "Λαν", phone: "0912345678" }),
      attachment("contact_card", stateless),
    ],
  }),
  message(204, {
    quote: { message_id: 4, author_name: null, direction: "in", kind: "image", text: null },
    reactions: [{ icon: "/-heart", count: 2, names: [], mine: true }],
  }),
  reply(205, "seen", {
    quote: { message_id: null, author_name: null, direction: "out", kind: null, text: null },
    buttons: [{ title: "Ναι", type: "oa.query.show", payload: "Ναι" }],
    reactions: [{ icon: ":o", count: 1, names: ["Λαν"], mine: false }],
  }),
  ...([null, "uid", "phone"] as const).map((via, index) =>
    reply(206 + index, "delivered", {
      kind: "template",
      text: null,
      template: {
        template_id: "1",
        name: "Πρότυπο",
        via,
        fields: [{ name: "τιμή", value: "1" }],
        link_url: null,
        answers: [{ name: "α", text: "Πέντε", at: ago(2) }],
      },
    }),
  ),
];
const everyMessage = [
  message(1, { kind: "event", text: null, event: { name: "follow", text: "Ακολουθεί" } }),
  message(2, { kind: "event", text: null, event: { name: "user_call_oa", text: "Κλήση" } }),
  message(3, { kind: "event", text: null }),
  message(4, { sent_at: ago(60 * 24 * 9) }),
  message(5, { sent_at: ago(60 * 24) }),
  message(6, { kind: "unsupported", text: null }),
  ...(["image", "sticker"] as const).map((type, index) =>
    message(7 + index, {
      kind: type,
      text: null,
      attachments: [attachment(type, { media_id: index, url: `/api/media/${index}` })],
    }),
  ),
  message(9, { direction: "out", author: { kind: "channel", id: null, name: null, avatar_url: null } }),
  message(91, {
    direction: "out",
    author: { kind: "channel", id: null, external_id: "12345678", name: null, avatar_url: null },
  }),
  message(10, {
    direction: "out",
    author: { kind: "channel", id: null, name: "Διαχειριστής", avatar_url: null },
  }),
  message(11, { direction: "out", author: { kind: "system", id: null, name: null, avatar_url: null } }),
  message(12, { direction: "out", author: { kind: "staff", id: 9, name: null, avatar_url: null } }),
  ...states.map((state, index) => reply(20 + index, state)),
  ...everyKind,
];

const status = (name: RegExp) => () => screen.findByRole("status", { name });
const heading = () => screen.findByRole("heading", { level: 1 });
const text = (words: string | RegExp) => () => screen.findByText(words);
const conversationShown = () => screen.findByRole("heading", { name: "Πελάτης 1" });
const at = (path: string, rest: Partial<Case> & Pick<Case, "name">): Case => ({
  route: "/conversations/$conversationId",
  path,
  until: conversationShown,
  ...rest,
});
const accounts = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/channel-accounts",
  path: "/channel-accounts",
  until: heading,
  ...rest,
});
const quarantine = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/quarantine",
  path: "/quarantine",
  until: heading,
  ...rest,
});
const people = [
  staffMember(1, { role: "admin", last_seen_at: ago(2) }),
  staffMember(2, {
    role: "lead",
    last_seen_at: ago(90),
    teams: [
      { team_id: 1, name: "Ομάδα 1", leads: true },
      { team_id: 2, name: "Ομάδα 2", leads: false },
    ],
  }),
  staffMember(3, { role: "manager" }),
  staffMember(4, { suspended_at: ago(60) }),
];
const everybody: Routes = {
  "GET /api/staff": { body: { items: people, next: "x", total: 60 } },
  "GET /api/teams": page([
    team(1, { leads: [{ id: 2, name: "Λαν 2" }] }),
    team(2, { kind: "team", parent_id: 1, depth: 1, empty: true, member_count: 0 }),
  ]),
  ...Object.fromEntries(people.map((one) => [`GET /api/staff/${one.id}`, { body: one }])),
};
const staff = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/staff",
  path: "/staff",
  routes: everybody,
  until: heading,
  ...rest,
});
/** Presses what a selector finds, the `nth` of several. */
const click = async (selector: string, nth = 0) => {
  const found = await waitFor(() => {
    const all = document.querySelectorAll<HTMLElement>(selector);
    const one = all[nth];
    if (!one) throw new Error(`no ${selector} yet`);
    return one;
  });
  await act(async () => found.click());
};
const ACCOUNT = "GET /api/channel-accounts/1";
const onePage = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/channel-accounts/$accountId",
  path: "/channel-accounts/1",
  until: heading,
  ...rest,
});
const limits = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/channel-limits",
  path: "/channel-limits",
  until: heading,
  ...rest,
});
const privacy = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/privacy-requests",
  path: "/privacy-requests",
  until: heading,
  ...rest,
});
const outboxWith = (failure: unknown) => () =>
  sessionStorage.setItem(
    "sokhach.outbox",
    JSON.stringify([
      { clientId: "a", conversationId: 1, text: "Γεια", createdAt: ago(1), state: "failed", failure },
    ]),
  );
const press = (key: string) => () => act(async () => void fireEvent.keyDown(document.body, { key }));
const cases: Case[] = [
  { name: "sign-in", route: "/sign-in", path: "/sign-in", routes: signedOut, until: heading },
  {
    name: "sign-in without an owner",
    route: "/sign-in",
    path: "/sign-in",
    routes: { ...signedOut, "GET /api/setup": { body: { needs_owner: true } } },
    until: () => screen.findByRole("alert"),
  },
  {
    name: "sign-in when the server is away",
    route: "/sign-in",
    path: "/sign-in",
    routes: { ...signedOut, "POST /api/session": "broken" },
    until: heading,
    afterwards: () =>
      act(async () => void fireEvent.submit(document.querySelector("form") as HTMLFormElement)),
  },
  {
    name: "setup with its code to fill in",
    route: "/setup",
    path: "/setup",
    routes: { ...signedOut, "GET /api/setup": { body: { needs_owner: true } } },
    until: heading,
  },
  { name: "setup after it is done", route: "/setup", path: "/setup", routes: signedOut, until: heading },
  { name: "home leads to the inbox", route: "/", path: "/", until: heading },
  ...(["open", "mine", "waiting", "all"] as View[]).map((view) => ({
    name: `empty list, ${view}`,
    route: "/conversations/",
    path: `/conversations?view=${view}`,
    routes: { [LIST]: page([]) },
    until: heading,
  })),
  { name: "list", route: "/conversations", path: "/conversations", until: text("Πελάτης 2") },
  {
    name: "list while it loads",
    route: "/conversations/",
    path: "/conversations",
    routes: { [LIST]: "never" },
    until: status(/./),
  },
  {
    name: "list that failed",
    route: "/conversations/",
    path: "/conversations",
    routes: { [LIST]: { status: 422, body: "" } },
    until: heading,
    afterwards: () => waitFor(() => expect(screen.getAllByRole("button").length).toBeGreaterThan(2)),
  },
  {
    name: "list without a line to the server",
    route: "/conversations/",
    path: "/conversations",
    until: text("Πελάτης 2"),
    afterwards: async () => {
      act(() => FakeSocket.all.at(-1)?.breaks());
      await waitFor(() => expect(document.querySelector('[role="status"] p')).not.toBeNull(), {
        timeout: 4000,
      });
    },
  },
  {
    name: "list on a phone",
    route: "/conversations",
    path: "/conversations",
    width: 390,
    until: text("Πελάτης 2"),
  },
  at("/conversations/1", {
    name: "thread with every kind of message",
    routes: { [THREAD]: page(everyMessage) },
  }),
  at("/conversations/1", { name: "thread on a phone", width: 390, routes: { [THREAD]: page(everyMessage) } }),
  at("/conversations/1", { name: "thread while it loads", routes: { [THREAD]: "never" } }),
  at("/conversations/1", {
    name: "ended episode, nobody in charge, personal account",
    routes: {
      [ONE]: {
        body: conversation(1, {
          episode_open: false,
          custodian: null,
          kind: "group",
          account: { id: 2, name: "Σου", channel: "zalo_personal" },
        }),
      },
    },
  }),
  ...[
    { allowed: false, reason: null, free_until: null, window_until: null },
    { allowed: true, reason: null, free_until: ago(1), window_until: ago(-60 * 30) },
    { allowed: true, reason: null, free_until: ago(1), window_until: ago(-60 * 24 * 3) },
    { allowed: true, reason: null, free_until: ago(-0.5), window_until: null },
  ].map((state, index) =>
    at("/conversations/1", {
      name: `composer status ${index}`,
      routes: { [ONE]: { body: conversation(1, { reply: replying(state) }) } },
    }),
  ),
  ...[{ kind: "unreachable" }, { kind: "interrupted" }, { kind: "refused", text: null }].map((failure) =>
    at("/conversations/1", {
      name: `a message of mine that is ${failure.kind}`,
      before: outboxWith(failure),
    }),
  ),
  at("/conversations/1", {
    name: "picture viewer",
    routes: { [THREAD]: page(everyMessage.filter((m) => m.kind === "image")) },
    afterwards: async () => {
      const picture = await waitFor(() => {
        const found = document.querySelector<HTMLElement>('[role="log"] button');
        if (!found) throw new Error("no picture yet");
        return found;
      });
      await act(async () => picture.click());
      await screen.findByRole("dialog");
    },
  }),
  at("/conversations/1", {
    name: "customer drawer",
    width: 1024,
    afterwards: async () => {
      const toggle = document.querySelector<HTMLElement>("main [aria-pressed]");
      await act(async () => toggle?.click());
      await screen.findByRole("dialog");
    },
  }),
  // The composer and the customer, with everything in their hands.
  ...(["template", "request", "buttons"] as const).map((dialog) =>
    at("/conversations/1", {
      name: `composer: ${dialog}`,
      routes: {
        "GET /api/conversations/1/templates": {
          body: {
            synced_at: ago(9),
            items: [
              {
                template_id: "1",
                name: "Πρότυπο",
                status: "ENABLE",
                status_text: "Ναι",
                quality: null,
                tag: null,
                via: ["uid", "phone"],
                params: [{ name: "τιμή", required: true, type: "STRING", max_length: 30 }],
                price_dong: 140,
                price_phone_dong: 200,
                preview_url: "https://x.test/1",
              },
            ],
          },
        },
      },
      afterwards: async () => {
        if (dialog === "template") {
          await act(async () => document.querySelector<HTMLElement>("footer [data-template]")?.click());
          const choice = await screen.findByText("Πρότυπο");
          expect(untranslated(document.body)).toEqual([]);
          await act(async () => choice.click());
          const form = await waitFor(() => {
            const found = document.querySelector("[role=dialog] form");
            if (!found) throw new Error("no form yet");
            return found;
          });
          await act(async () => void fireEvent.submit(form));
          return;
        }
        await act(async () => document.querySelector<HTMLElement>("footer [aria-haspopup=menu]")?.click());
        // Not by role: working that out for a whole page takes a busy machine longer than it may.
        const items = await waitFor(() => {
          const found = document.querySelectorAll<HTMLElement>("[role=menuitem]");
          if (found.length === 0) throw new Error("no menu yet");
          return found;
        });
        await act(async () => items[dialog === "request" ? 0 : 1]?.click());
        await waitFor(() => expect(document.querySelector("[role=dialog] form")).not.toBeNull());
      },
    }),
  ),
  ...[
    replying({ blocked: true }),
    replying({
      free_until: ago(1),
      window_until: ago(-60 * 30),
      cost_text: "Χρέωση.",
    }),
    replying({ free_until: ago(1), window_until: ago(-60 * 30), quota: { remain: 12, total: 500 } }),
    replying({ free_until: ago(1), window_until: ago(-60 * 30), quota: { remain: 12, total: null } }),
  ].map((state, index) =>
    at("/conversations/1", {
      name: `composer that may cost or is blocked ${index}`,
      routes: { [ONE]: { body: conversation(1, { reply: state }) } },
    }),
  ),
  at("/conversations/1", {
    name: "composer with a quote and a text that is too long",
    routes: { [THREAD]: page([message(1)]) },
    afterwards: async () => {
      const quote = await waitFor(() => {
        const found = document.querySelector<HTMLElement>("[data-action=quote]");
        if (!found) throw new Error("no message yet");
        return found;
      });
      await act(async () => quote.click());
      const field = document.querySelector("#composer") as HTMLTextAreaElement;
      await act(async () => void fireEvent.change(field, { target: { value: "α".repeat(4_100) } }));
      await act(async () => document.querySelector<HTMLElement>("[data-action=react]")?.click());
    },
  }),
  at("/conversations/1", {
    name: "customer with everything known",
    routes: {
      [THREAD]: { body: { items: [message(1)], next: null, gaps: [gap] } },
      "GET /api/contacts/1": {
        body: contact(1, {
          phones: ["+84912345678"],
          details: {
            ...contact(1).details,
            name: "Α",
            alias: "Β",
            address: "Γ",
            ward: "Δ",
            district: "Ε",
            city: "Ζ",
            birthday: "1",
            gender: "Η",
            external_ref: "Θ",
          },
          identities: [true, false].map((following, index) => ({
            account: { id: index, name: "Σου", channel: "zalo_oa" },
            external_id: "1",
            display_name: "Άννα",
            following,
            follow_source_text: "QR".replace(/./g, "ρ"),
            first_seen_at: ago(9),
          })),
        }),
      },
    },
    afterwards: async () => {
      await screen.findByText("Ζ");
      await act(async () => document.querySelector<HTMLElement>("aside section button")?.click());
      await act(async () => {
        const field = document.querySelector("aside [role=combobox]") as HTMLInputElement;
        fireEvent.change(field, { target: { value: "νέο" } });
      });
    },
  }),
  at("/conversations/99", { name: "conversation that is not there", until: heading, routes: {} }),
  {
    name: "account menu",
    route: "/conversations/",
    path: "/conversations",
    until: text("Πελάτης 2"),
    afterwards: async () => {
      await act(async () => document.querySelector<HTMLElement>("[aria-haspopup=dialog]")?.click());
      await screen.findByRole("dialog");
    },
  },
  {
    name: "shortcut sheet",
    route: "/conversations/",
    path: "/conversations",
    until: text("Πελάτης 2"),
    afterwards: async () => {
      await press("?")();
      await screen.findByRole("dialog");
    },
  },
  accounts("no channel accounts", {}),
  accounts("channel accounts while they load", { routes: { "GET /api/channel-accounts": "never" } }),
  accounts("channel accounts that failed", {
    routes: { "GET /api/channel-accounts": { status: 400, body: "" } },
  }),
  accounts("channel accounts in every health", {
    routes: {
      "GET /api/channel-accounts": page([
        account(1),
        account(2, { health: "degraded", health_text: "Αργά", health_since: ago(3000) }),
        account(3, {
          health: "down",
          health_text: "Χωρίς άδεια",
          sends_blocked: true,
          liveness: { state: "quiet", text: "Ασυνήθιστη σιωπή", last_event_at: ago(600) },
        }),
        account(4, { health: "unknown", health_since: null, quarantined_count: 0 }),
      ]),
    },
    until: text("Λογαριασμός 4"),
  }),
  ...[
    "connection-app-inactive",
    "connection-redirect-mismatch",
    "connection-refused",
    "connection-expired",
    "connection-other-oa",
    "connection-credentials-lost",
    "connection-unreachable",
    "connection-unanswered",
    "not-signed-in",
    "not-permitted",
    "something-newer",
  ].map((slug) =>
    accounts(`back from the page of consent with ${slug}`, {
      path: `/channel-accounts?problem=${slug}`,
      until: () => screen.findByRole("alert"),
    }),
  ),
  {
    name: "connecting, with nothing entered",
    route: "/channel-accounts/new",
    path: "/channel-accounts/new",
    until: heading,
  },
  {
    name: "connecting, with what has to be entered at the platform",
    route: "/channel-accounts/new",
    path: "/channel-accounts/new",
    routes: {
      "POST /api/channel-accounts/zalo-oa/connections": {
        status: 201,
        body: { authorize_url: "/1", redirect_uri: "/2", code_challenge: "3", webhook_url: "/4" },
      },
    },
    until: heading,
    afterwards: async () => {
      for (const input of document.querySelectorAll("form input")) {
        act(() => void fireEvent.change(input, { target: { value: "123" } }));
      }
      await act(async () => void fireEvent.submit(document.querySelector("form") as HTMLFormElement));
      await screen.findByText("/4");
    },
  },
  onePage("page of an account", {
    routes: { [ACCOUNT]: { body: accountPage(1) } },
    until: text("Ιστορικό 3"),
  }),
  onePage("page of an account that was connected just now, of which nothing is known", {
    path: "/channel-accounts/1?connected=true",
    routes: {
      [ACCOUNT]: {
        body: accountPage(1, {
          profile: null,
          quotas: [],
          token_expires_at: null,
          tags: [],
          follower_sources: [],
          sweeps: [],
          gaps: [],
        }),
      },
      "GET /api/channel-accounts/1/log": page([]),
    },
  }),
  onePage("page of an account whose token is over", {
    routes: { [ACCOUNT]: { body: accountPage(1, { token_expires_at: ago(5) }) } },
    until: text("Ιστορικό 3"),
  }),
  onePage("page of an account, asked to refresh", {
    routes: {
      [ACCOUNT]: { body: accountPage(1) },
      "POST /api/channel-accounts/1/refresh": { status: 201, body: accountPage(1) },
    },
    until: text("Ιστορικό 3"),
    afterwards: async () => {
      await act(async () => document.querySelector<HTMLElement>("header button")?.click());
      await waitFor(() => expect(document.querySelector("header [role=status]")).not.toBeNull());
    },
  }),
  onePage("page of an account whose administrators nobody knows", {
    routes: {
      [ACCOUNT]: { body: accountPage(1) },
      "GET /api/channel-accounts/1/admins": page([]),
    },
    until: text("Ιστορικό 3"),
  }),
  onePage("page of an account with a name that was refused", {
    routes: {
      [ACCOUNT]: { body: accountPage(1) },
      "PUT /api/channel-accounts/1/admins/77": { status: 400, body: "" },
    },
    until: text("78"),
    afterwards: async () => {
      const select = document.querySelector("main select") as HTMLSelectElement;
      await act(async () => void fireEvent.change(select, { target: { value: "1" } }));
      await waitFor(() => expect(document.querySelector("main .mantine-InputWrapper-error")).not.toBeNull());
    },
  }),
  onePage("page of an account while it loads", { routes: { [ACCOUNT]: "never" }, until: status(/./) }),
  onePage("page of an account that failed", { routes: { [ACCOUNT]: { status: 400, body: "" } } }),
  limits("limits", { until: text("Όριο β") }),
  limits("limits while they load", { routes: { "GET /api/channel-limits": "never" } }),
  limits("a limit that is edited", {
    until: text("Όριο β"),
    afterwards: async () => {
      await act(async () => document.querySelectorAll<HTMLElement>("main li button")[1]?.click());
      const input = (await screen.findByRole("dialog")).querySelector("input") as HTMLInputElement;
      await act(async () => void fireEvent.change(input, { target: { value: "x" } }));
    },
  }),
  staff("staff", { until: text("Λαν 4") }),
  staff("staff on a phone", { width: 390, until: text("Λαν 4") }),
  staff("staff while they load", { routes: { "GET /api/staff": "never" } }),
  staff("staff that failed", { routes: { "GET /api/staff": { status: 400, body: "" } } }),
  staff("nobody found", { path: "/staff?search=α", routes: {} }),
  ...[1, 2, 4].map((id) =>
    staff(`person ${id}`, { path: `/staff?person=${id}`, until: text("+84912345678") }),
  ),
  staff("a person, for somebody who changes nothing", {
    path: "/staff?person=2",
    routes: {
      ...everybody,
      "GET /api/session": { body: { ...me, role: "manager", permissions: ["staff:read"] } },
    },
    until: text("+84912345678"),
  }),
  staff("a person who is changed, and the refusal", {
    path: "/staff?person=2",
    routes: { ...everybody, "PATCH /api/staff/2": { status: 409, body: "" } },
    until: text("+84912345678"),
    afterwards: async () => {
      await click("[role=dialog] input[type=radio]", 3);
      await click("[role=dialog] button[type=submit]");
      await waitFor(() => expect(document.querySelector("[role=dialog] [role=alert]")).not.toBeNull());
    },
  }),
  ...[0, 1].map((nth) =>
    staff(`asked before ${nth ? "a suspension" : "a new password"}`, {
      path: "/staff?person=2",
      until: text("+84912345678"),
      afterwards: async () => {
        await click("[role=dialog] section button", nth);
        await waitFor(() => expect(document.querySelectorAll("[role=dialog]").length).toBe(2));
      },
    }),
  ),
  staff("a new password", {
    path: "/staff?person=2",
    routes: { ...everybody, "POST /api/staff/2/password": { status: 201, body: { password: "2-3" } } },
    until: text("+84912345678"),
    afterwards: async () => {
      await click("[role=dialog] section button");
      await click("[role=dialog] [data-autofocus]");
      await screen.findByText("2-3");
    },
  }),
  staff("somebody is added", {
    routes: {
      ...everybody,
      "POST /api/staff": { status: 201, body: { member: staffMember(9), password: "2-3" } },
    },
    until: text("Λαν 4"),
    afterwards: async () => {
      await click("header button");
      const form = await waitFor(() => {
        const found = document.querySelector("[role=dialog] form");
        if (!found) throw new Error("no form yet");
        return found;
      });
      for (const input of form.querySelectorAll('input:not([type="radio"], [type="checkbox"])'))
        act(() => void fireEvent.change(input, { target: { value: "Λαν" } }));
      await click("[role=dialog] input[type=radio]", 1);
      await click("[role=dialog] input[type=checkbox]");
      expect(untranslated(document.body)).toEqual([]);
      await act(async () => void fireEvent.submit(form));
      await screen.findByText("2-3");
    },
  }),
  staff("teams", { path: "/staff?view=teams", until: text("Ομάδα 2") }),
  staff("no teams", { path: "/staff?view=teams", routes: {} }),
  staff("teams while they load", { path: "/staff?view=teams", routes: { "GET /api/teams": "never" } }),
  staff("no teams, for somebody who adds none", {
    path: "/staff?view=teams",
    routes: { "GET /api/session": { body: { ...me, role: "manager", permissions: ["staff:read"] } } },
  }),
  staff("a new team", {
    path: "/staff?view=teams",
    until: text("Ομάδα 2"),
    afterwards: () => click("header button"),
  }),
  ...[0, 1, 2].map((nth) =>
    staff(`what is done with a team ${nth}`, {
      path: "/staff?view=teams",
      until: text("Ομάδα 2"),
      afterwards: async () => {
        await click("main li [aria-haspopup=menu]", 1);
        await waitFor(() => expect(document.querySelectorAll("[role=menuitem]").length).toBe(3));
        expect(untranslated(document.body)).toEqual([]);
        await click("[role=menuitem]", nth);
        await waitFor(() => expect(document.querySelector("[role=dialog]")).not.toBeNull());
      },
    }),
  ),
  privacy("no privacy requests", {}),
  privacy("no closed privacy requests", { path: "/privacy-requests?state=closed" }),
  privacy("privacy requests while they load", { routes: { "GET /api/privacy-requests": "never" } }),
  privacy("privacy requests with their clocks", {
    routes: {
      "GET /api/privacy-requests": page([
        privacyRequest(1, { due_at: ago(90) }),
        privacyRequest(2, { due_at: ago(-90) }),
        privacyRequest(3, { contact: null }),
      ]),
    },
    until: text("Πελάτης 2"),
    afterwards: async () => {
      await act(async () => document.querySelector<HTMLElement>("article button")?.click());
      await screen.findByRole("dialog");
    },
  }),
  privacy("closed privacy requests", {
    path: "/privacy-requests?state=closed",
    routes: {
      "GET /api/privacy-requests": page([
        privacyRequest(1, { closed_at: ago(1), closed_by: { id: 1, name: me.name }, note: "Έγινε" }),
        privacyRequest(2, {
          requested_at: ago(90_000),
          due_at: ago(9000),
          closed_at: ago(1),
          closed_by: { id: 1, name: me.name },
        }),
      ]),
    },
    until: text("Πελάτης 2"),
  }),
  ...(["preparing", "running", "clearing", "cleared"] as const).map(
    (state): Case => ({
      name: `demo that is ${state}`,
      route: "/demo",
      path: "/demo",
      routes: { "GET /api/demo": { body: { ...demo, state } } },
      until: () => screen.findByRole("heading", { level: 1 }).then(() => screen.findAllByRole("button")),
    }),
  ),
  {
    name: "demo about to be cleared",
    route: "/demo",
    path: "/demo",
    routes: { "GET /api/demo": { body: demo } },
    until: async () => {
      const [clear] = await screen.findAllByRole("button", { name: /../ }).then((all) => all.slice(-1));
      await act(async () => clear?.click());
      await screen.findByRole("dialog");
    },
  },
  quarantine("empty quarantine", {}),
  quarantine("quarantine while it loads", { routes: { "GET /api/quarantine": "never" } }),
  quarantine("quarantine, and a retry under way", {
    routes: {
      "GET /api/quarantine": {
        body: {
          items: [
            quarantined(1),
            quarantined(2, { size_bytes: 90 }),
            quarantined(3, { size_bytes: 3_000_000 }),
          ],
          next: "x",
          total: 30,
        },
      },
      "POST /api/quarantine/*/retry": { status: 202, body: { queued: 1 } },
    },
    until: () => screen.findAllByText("Αδύνατη ανάγνωση"),
    afterwards: async () => {
      const retry = document.querySelector<HTMLElement>("article button");
      await act(async () => retry?.click());
      await waitFor(() => expect(document.querySelector("article [role=status]")).not.toBeNull());
    },
  }),
  { name: "no such page", route: "*", path: "/không-có", until: () => screen.findByRole("button") },
  {
    name: "the session cannot be read",
    route: "*",
    path: "/conversations",
    routes: { "GET /api/session": broken },
    until: () => screen.findByRole("button"),
  },
];

describe("every page in the pseudo-locale", () => {
  beforeEach(() => {
    vi.setSystemTime(NOW);
    speak("pseudo", pseudo);
  });

  it.each(cases)("$name", async ({ path, width, routes, before, until, afterwards }) => {
    setWidth(width ?? 1366);
    before?.();
    serve({ ...base, ...routes });
    open(path);
    await until();
    await afterwards?.();
    expect(untranslated(document.body)).toEqual([]);
    expect(document.title).not.toMatch(PLAIN_LETTER);
  });

  it("leaves no route out", () => {
    const known = Object.keys(makeRouter(new QueryClient()).routesByPath);
    const shown = new Set(cases.map((one) => one.route));
    expect(known.filter((route) => !shown.has(route))).toEqual([]);
  });
});

describe("the check itself", () => {
  it("finds a text, a label and a placeholder that nobody wrapped", () => {
    const root = document.createElement("div");
    root.innerHTML = `<p>Đăng nhập</p><button aria-label="Gửi"></button><input placeholder="Tìm" title="ö 1">
      <kbd>Enter</kbd><span>Πελάτης 12:30</span>`;
    expect(untranslated(root).sort()).toEqual(["Gửi", "Tìm", "Đăng nhập"].sort());
  });
});
