import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { View } from "../../src/api/types";
import { FakeSocket } from "../fakeSocket";
import { type Case, heading, LIST, page, status, text } from "./case";

const press = (key: string) => () => act(async () => void fireEvent.keyDown(document.body, { key }));

export const inbox: Case[] = [
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
];
