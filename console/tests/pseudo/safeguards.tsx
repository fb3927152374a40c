import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { privacyRequest, quarantined } from "../adminFixtures";
import { ago, me } from "../fixtures";
import { type Case, heading, page, text } from "./case";

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

const quarantine = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/quarantine",
  path: "/quarantine",
  until: heading,
  ...rest,
});

export const safeguards: Case[] = [
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
];
