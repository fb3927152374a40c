import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { ago, conversation, me, message, replying } from "../fixtures";
import {
  consent,
  friendRequest,
  holder,
  myself,
  personalAccount,
  personalLogin,
  personalPage,
  privateExtent,
} from "../personalFixtures";
import type { Routes } from "../server";
import { at, type Case, click, heading, ONE, page, status, THREAD, text } from "./case";

const LIST = "GET /api/personal-accounts";
const ACCOUNT = "GET /api/personal-accounts/1";
const REQUESTS = "GET /api/personal-accounts/1/friend-requests";
const EXTENT = "GET /api/personal-accounts/1/private";
const CONSENT = { "GET /api/personal-consent": { body: consent } };
const none = { [LIST]: { body: { items: [], stopped: null } } };
const staff = { "GET /api/session": { body: { ...me, role: "staff", permissions: [] } } };

const STATES = [
  "online",
  "connecting",
  "offline",
  "taken_over",
  "kicked",
  "needs_login",
  "dead",
  "stopped",
] as const;

const every = STATES.map((state, index) =>
  personalAccount(index + 1, {
    state,
    reason: state === "online" ? null : "Λόγος",
    sim: index % 2 ? "own" : "company",
    queued: index,
    completeness: { percent: index ? 90 + index : null, gaps: index, since: null },
    last_message_at: index ? ago(index * 900) : null,
    caps: index ? personalAccount(1).caps : [],
  }),
);

const OUTCOMES = ["open", "asked", "failed", "accepted", "declined", "withdrawn", "gone"] as const;
const requests = OUTCOMES.flatMap((state, index) => [
  friendRequest({ person: `${index}`, state, answer: index % 2 ? "accept" : "reject" }),
  friendRequest({ person: `1${index}`, state, direction: "out", answer: "undo" }),
]);

const board = (name: string, rest: Partial<Case>): Case => ({
  name: `board of personal accounts, ${name}`,
  route: "/personal-accounts",
  path: "/personal-accounts",
  until: heading,
  ...rest,
});
const all: Routes = {
  [LIST]: { body: { items: every, stopped: null } },
  "POST /api/personal-accounts/actions": {
    body: { done: [1, 2], refused: [{ id: 3, reason: "Αναμονή" }] },
  },
};

const onePage = (
  name: string,
  change: Parameters<typeof personalPage>[1],
  rest: Partial<Case> = {},
): Case => ({
  name: `page of a personal account, ${name}`,
  route: "/personal-accounts/$accountId",
  path: "/personal-accounts/1",
  until: () => screen.findByRole("heading", { name: "Ζάλο 1" }),
  ...rest,
  routes: {
    ...none,
    [ACCOUNT]: { body: personalPage(1, change) },
    [REQUESTS]: { body: { items: requests } },
    ...rest.routes,
  },
});

const connecting = (
  name: string,
  login: Parameters<typeof personalLogin>[0] | null,
  rest: Partial<Case> = {},
): Case => ({
  name: `connecting a personal account, ${name}`,
  route: "/personal-accounts/new",
  path: "/personal-accounts/new",
  until: heading,
  ...rest,
  routes: {
    ...staff,
    ...CONSENT,
    "POST /api/personal-logins": { status: 201, body: personalLogin(login ?? {}) },
    "GET /api/personal-logins/1": { body: personalLogin(login ?? {}) },
    ...rest.routes,
  },
  ...(login && {
    afterwards: async () => {
      await click("[role=radio]", 1);
      await click("form button[type=submit]");
      await click("main input[type=checkbox]");
      await click("main ol li:nth-child(2) button");
      await waitFor(() =>
        expect(document.querySelector("[data-state] ~ div button, section h2")).not.toBeNull(),
      );
    },
  }),
});

const people = (items: unknown[], read_at: string | null = ago(1)) => ({
  "GET /api/personal-accounts/1/people": { body: { readable: true, read_at, items } },
});
const privately = (
  name: string,
  extent: Parameters<typeof privateExtent>[0],
  rest: Partial<Case> = {},
): Case => ({
  name: `work and private, ${name}`,
  route: "/personal-accounts/$accountId/private",
  path: "/personal-accounts/1/private",
  until: heading,
  ...rest,
  routes: {
    [ACCOUNT]: { body: personalPage(1, { sim: extent?.sim ?? "own", holder: myself }) },
    [EXTENT]: { body: privateExtent(extent) },
    ...people([{ id: "8", name: "Νέος", group: true, kind: "private" }]),
    ...rest.routes,
  },
});

const said = (name: string, messages: ReturnType<typeof message>[]): Case =>
  at("/conversations/1", {
    name,
    routes: { [THREAD]: page(messages) },
    until: () => screen.findByRole("log"),
  });

export const personalCases: Case[] = [
  board("none", { routes: none }),
  board("while it loads", { routes: { [LIST]: "never" }, until: status(/./) }),
  board("that failed", { routes: { [LIST]: { status: 400, body: "" } } }),
  board("in every state", { routes: all, until: text("Ζάλο 8") }),
  board("in every state on a phone", { routes: all, until: text("Ζάλο 8"), width: 390 }),
  board("stopped", {
    routes: { [LIST]: { body: { items: every, stopped: { at: ago(30), by: holder } } } },
    until: () => screen.findByRole("alert"),
  }),
  board("of one holder", { routes: { ...all, ...staff }, until: text("Ζάλο 8") }),
  board("that nothing fits", { path: "/personal-accounts?search=777777", routes: all, until: heading }),
  board("several chosen, and what came of it", {
    routes: all,
    until: text("Ζάλο 8"),
    afterwards: async () => {
      await click("thead input[type=checkbox]");
      await click("main section button");
      await screen.findByText(/Αναμονή/);
    },
  }),
  board("about to stop all", {
    routes: all,
    until: text("Ζάλο 8"),
    afterwards: async () => {
      await click("main header button");
      await screen.findByRole("dialog");
    },
  }),
  connecting("at its beginning", null),
  connecting("by an administrator", null, { routes: { "GET /api/session": { body: me } } }),
  ...(["asked", "code", "scanned", "declined", "expired", "failed"] as const).map((state) =>
    connecting(`the code ${state}`, { state }),
  ),
  connecting("done", { state: "done", account_id: 1, name: "Μαρία" }),
  {
    name: "scanning a personal account again",
    route: "/personal-accounts/new",
    path: "/personal-accounts/new?account=1",
    routes: {
      ...CONSENT,
      [ACCOUNT]: { body: personalPage(1, { consent: { at: ago(5), version: "2", recorded_by: "Μαρία" } }) },
    },
    until: text("Ανεπίσημη σύνδεση."),
  },
  ...every.map(({ state, reason }) => onePage(state, { state, reason })),
  onePage("of which there is much to tell", {
    consent: { at: ago(5), version: "2", recorded_by: "Μαρία" },
    sim: "own",
    proxy: true,
    warm_until: ago(-9000),
    frames: [{ cmd: 504, why: "unknown", text: "Άγνωστο", count: 3, last_at: ago(9) }],
    gaps: [{ id: 1, from_at: ago(9), until_at: ago(5), reason: "a", text: "Κενό", conversation_id: 7 }],
    completeness: { percent: 97.2, gaps: 1, since: ago(9000) },
  }),
  onePage("of which there is nothing to tell", {
    spans: [],
    caps: [],
    consent: null,
    last_message_at: null,
    completeness: { percent: null, gaps: 0, since: null },
  }),
  onePage(
    "that one may only read",
    { state: "kicked" },
    {
      routes: {
        "GET /api/session": { body: { ...me, role: "auditor", permissions: ["channel_account:read"] } },
      },
    },
  ),
  onePage(
    "about to change",
    { proxy: true },
    {
      afterwards: async () => {
        await click("main header button", 1);
        await screen.findByRole("dialog");
      },
    },
  ),
  onePage(
    "finding by phone",
    {},
    {
      afterwards: async () => {
        await click("main header button");
        await screen.findByRole("dialog");
      },
    },
  ),
  onePage("while it loads", {}, { routes: { [ACCOUNT]: "never" }, until: status(/./) }),
  onePage("that failed", {}, { routes: { [ACCOUNT]: { status: 400, body: "" } }, until: heading }),
  privately("as the holder sees it", {}, { until: text("Νέος") }),
  privately("with nobody marked", { items: [], by_day: [] }, { routes: people([]), until: heading }),
  privately("while friends are read", { items: [] }, { routes: people([], null), until: heading }),
  privately("as a manager sees it", { can_mark: false, items: [] }, { until: text("1.234") }),
  privately("on a company's SIM", { sim: "company", can_mark: false, items: [] }),
  privately("that failed", {}, { routes: { [EXTENT]: { status: 400, body: "" } } }),
  said("recalled messages, and what was typed on a phone", [
    message(1, { recalled: { at: ago(5), by: "customer" } }),
    message(2, { text: null, recalled: { at: ago(5), by: "customer" } }),
    message(3, { text: null, recalled: { at: ago(5), by: "staff" }, direction: "out" }),
    message(4, {
      direction: "out",
      from_phone: true,
      author: { kind: "staff", id: 9, name: "Λαν", avatar_url: null },
    }),
    message(5, { direction: "out", recalling: { state: "sending", reason: null } }),
    message(6, { direction: "out", recalling: { state: "failed", reason: null } }),
    message(7, { text: "Γεια @Λαν", mentions: [{ name: "Λαν", me: true, pos: 5, len: 4 }] }),
  ]),
  at("/conversations/1", {
    name: "a message that waits for the morning",
    routes: {
      [ONE]: {
        body: conversation(1, {
          account: { id: 1, name: "Ζάλο 1", channel: "zalo_personal" },
          reply: replying({
            waits: { text: "Αναμονή", until: ago(-60) },
            can: ["text", "recall", "mention"],
          }),
        }),
      },
    },
    until: text("Αναμονή"),
  }),
];
