import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { Routes } from "../server";
import { type Case, click, heading, text } from "./case";

const signedOut: Routes = {
  "GET /api/session": { status: 401, body: { type: "", title: "Όχι", status: 401 } },
};

const broken = { status: 500, body: "" };

export const gate: Case[] = [
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
  ...[false, true].map((recovery) => ({
    name: `sign-in with a second factor${recovery ? ", by a recovery code" : ""}`,
    route: "/sign-in",
    path: "/sign-in",
    routes: {
      ...signedOut,
      "POST /api/session": { status: 401, body: { type: "urn:sokhach:problem:second-factor-needed" } },
    },
    until: heading,
    afterwards: async () => {
      await act(async () => void fireEvent.submit(document.querySelector("form") as HTMLFormElement));
      await waitFor(() => expect(document.querySelector("[autocomplete=one-time-code]")).not.toBeNull());
      if (!recovery) return;
      await click("form button", 1);
      await waitFor(() => expect(document.querySelector("[autocomplete=one-time-code]")).toBeNull());
    },
  })),
  {
    name: "setup with its code to fill in",
    route: "/setup",
    path: "/setup",
    routes: { ...signedOut, "GET /api/setup": { body: { needs_owner: true } } },
    until: heading,
  },
  { name: "setup after it is done", route: "/setup", path: "/setup", routes: signedOut, until: heading },
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
  { name: "no such page", route: "*", path: "/không-có", until: () => screen.findByRole("button") },
  {
    name: "the session cannot be read",
    route: "*",
    path: "/conversations",
    routes: { "GET /api/session": broken },
    until: () => screen.findByRole("button"),
  },
];
