import { QueryClient } from "@tanstack/react-query";
import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Delivery, View } from "../src/api/types";
import { makeRouter } from "../src/app/router";
import { messages as pseudo } from "../src/locales/pseudo.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { account, ago, conversation, me, message, NOW, quarantined, reply } from "./fixtures";
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
      },
    }),
  ]),
  [ONE]: { body: conversation(1, { unread_count: 1 }) },
  [THREAD]: page([]),
  "GET /api/channel-accounts": page([]),
  "GET /api/quarantine": { body: { items: [], next: null, total: 0 } },
  "POST /api/conversations/1/read": { status: 204 },
};
const signedOut: Routes = {
  "GET /api/session": { status: 401, body: { type: "", title: "Όχι", status: 401 } },
};
const broken = { status: 500, body: "" };

const states: Delivery["state"][] = ["queued", "sending", "sent", "delivered", "seen", "failed", "uncertain"];
const everyMessage = [
  message(1, { kind: "event", text: null, event: "follow" }),
  message(2, { kind: "event", text: null, event: "unfollow" }),
  message(3, { kind: "event", text: null }),
  message(4, { sent_at: ago(60 * 24 * 9) }),
  message(5, { sent_at: ago(60 * 24) }),
  message(6, { kind: "unsupported", text: null }),
  ...(["image", "sticker"] as const).map((type, index) =>
    message(7 + index, {
      kind: type,
      text: null,
      attachments: [{ type, url: `https://x.test/${index}`, thumbnail_url: null, width: null, height: null }],
    }),
  ),
  message(9, { direction: "out", author: { kind: "channel", id: null, name: null, avatar_url: null } }),
  message(10, {
    direction: "out",
    author: { kind: "channel", id: null, name: "Διαχειριστής", avatar_url: null },
  }),
  message(11, { direction: "out", author: { kind: "system", id: null, name: null, avatar_url: null } }),
  message(12, { direction: "out", author: { kind: "staff", id: 9, name: null, avatar_url: null } }),
  ...states.map((state, index) => reply(20 + index, state)),
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
      routes: { [ONE]: { body: conversation(1, { reply: state }) } },
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
        account(3, { health: "down", health_text: "Χωρίς άδεια" }),
        account(4, { health: "unknown", health_since: null, quarantined_count: 0 }),
      ]),
    },
    until: text("Λογαριασμός 4"),
  }),
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
