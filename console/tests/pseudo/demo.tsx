import { act, screen } from "@testing-library/react";
import { ago } from "../fixtures";
import type { Case } from "./case";

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

export const demoCases: Case[] = [
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
      // The button is the page's last once its figures stand.
      await screen.findAllByRole("definition");
      const clear = screen.getAllByRole("button", { name: /../ }).at(-1);
      await act(async () => clear?.click());
      await screen.findByRole("dialog");
    },
  },
];
