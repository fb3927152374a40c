import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { account, accountPage } from "../adminFixtures";
import { ago } from "../fixtures";
import { type Case, heading, page, status, text } from "./case";

const accounts = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/channel-accounts",
  path: "/channel-accounts",
  until: heading,
  ...rest,
});

const ACCOUNT = "GET /api/channel-accounts/1";
const onePage = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/channel-accounts/$accountId",
  path: "/channel-accounts/1",
  until: heading,
  ...rest,
});

export const channelAccounts: Case[] = [
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
];
