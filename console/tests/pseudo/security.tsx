import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { apiToken, device } from "../adminFixtures";
import { ago } from "../fixtures";
import type { Routes } from "../server";
import { type Case, click, heading, page, text } from "./case";

const tokens = [
  apiToken(1),
  apiToken(2, { revoked_at: ago(60), last_used_at: ago(90) }),
  apiToken(3, { expires_at: ago(60) }),
];
const scopes = ["contact:read", "conversation:read", "note:write", "staff:read", "quarantine:read"];
const off = { totp: false, totp_required: false, recovery_codes_left: 0, recording_confirmed_at: ago(60) };
const on = { ...off, totp: true, recovery_codes_left: 9 };

const mine: Routes = {
  "GET /api/account/security": { body: off },
  "GET /api/account/devices": page([device(1, { current: true }), device(2, { address: null, device: "" })]),
  "GET /api/account/tokens": { body: { items: tokens, scopes } },
};

const account = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/account",
  path: "/account",
  routes: mine,
  until: text("Πρόγραμμα 3"),
  ...rest,
});

const dialogs = (count: number) =>
  waitFor(() => expect(document.querySelectorAll("[role=dialog]").length).toBe(count));
const section = (nth: number) => `main section:nth-of-type(${nth})`;
const failing: Routes = {
  "GET /api/account/security": { status: 400, body: "" },
  "GET /api/account/devices": { status: 400, body: "" },
  "GET /api/account/tokens": { status: 400, body: "" },
};

const all: Routes = {
  "GET /api/security-policy": { body: { totp_roles: ["admin"] } },
  "PUT /api/security-policy": { body: { totp_roles: ["admin", "staff"] } },
  "GET /api/api-tokens": page(tokens),
};

const rows = [
  { line: 2, name: "Λαν", login: "λαν@α", role: "", team: "Ομάδα", faults: [] },
  { line: 3, name: "Ναμ", login: "", role: "?", team: "", faults: [{ path: "login", text: "λείπει" }] },
];
const done = {
  added: 2,
  invited: 1,
  people: [
    { id: 1, name: "Λαν", login: "λαν@α", link: "2-3", mailed: true },
    { id: 2, name: "Ναμ", login: "0912", link: "4-5", mailed: false },
  ],
};

/** Chooses a file. */
async function choose(): Promise<void> {
  const input = document.querySelector("input[type=file]") as HTMLInputElement;
  const file = new File(["x"], "λίστα.csv".replace("csv", "ψ"));
  await act(async () => void fireEvent.change(input, { target: { files: [file] } }));
}

const importing = (name: string, routes: Routes, afterwards: () => unknown, width = 1366): Case => ({
  name: `import: ${name}`,
  route: "/staff/import",
  path: "/staff/import",
  width,
  routes,
  until: heading,
  afterwards,
});
const preview = (body: unknown): Routes => ({ "POST /api/staff/import/preview": { body } });

export const security: Case[] = [
  account("account", {}),
  account("account on a phone", { width: 390 }),
  account("account while it loads", {
    routes: Object.fromEntries(Object.keys(mine).map((route) => [route, "never" as const])),
    until: heading,
  }),
  account("account that failed", {
    routes: failing,
    until: () => waitFor(() => expect(screen.getAllByRole("alert").length).toBe(3)),
  }),
  account("nothing there yet", {
    routes: { ...mine, "GET /api/account/tokens": { body: { items: [], scopes } } },
    until: text("192.168.1.7"),
  }),
  account("a password is changed", {
    routes: { ...mine, "PUT /api/account/password": { status: 204 } },
    afterwards: async () => {
      for (const input of document.querySelectorAll("main input[type=password]"))
        act(() => void fireEvent.change(input, { target: { value: "μακρύς κωδικός" } }));
      await act(async () => void fireEvent.submit(document.querySelector("main form") as HTMLFormElement));
      await waitFor(() => expect(screen.getAllByRole("status").length).toBeGreaterThan(1));
    },
  }),
  account("a second factor is set up", {
    routes: {
      ...mine,
      "POST /api/account/totp": { status: 201, body: { secret: "ΑΒΓΔ", uri: "otpauth://x" } },
    },
    afterwards: async () => {
      await click(`${section(2)} button`);
      await screen.findByText("ΑΒΓΔ");
    },
  }),
  ...[0, 1].map((nth) =>
    account(`asked before ${nth ? "the second factor goes" : "new recovery codes"}`, {
      routes: { ...mine, "GET /api/account/security": { body: on } },
      afterwards: async () => {
        await click(`${section(2)} button`, nth);
        await dialogs(1);
      },
    }),
  ),
  account("another phone, where a second factor is required", {
    routes: {
      ...mine,
      "GET /api/account/security": { body: { ...on, totp_required: true, recovery_codes_left: 1 } },
    },
    afterwards: async () => {
      await click(`${section(2)} button`, 1);
      await dialogs(1);
    },
  }),
  account("new recovery codes", {
    routes: {
      ...mine,
      "GET /api/account/security": { body: on },
      "POST /api/account/recovery-codes": { status: 201, body: { recovery_codes: ["2-3"] } },
    },
    afterwards: async () => {
      await click(`${section(2)} button`);
      await click("[role=dialog] [data-autofocus]");
      await screen.findByText("2-3");
    },
  }),
  account("a device that cannot be signed out", {
    routes: { ...mine, "DELETE /api/account/devices/2": { status: 404, body: "" } },
    afterwards: async () => {
      await click(`${section(3)} button`);
      await screen.findByRole("alert");
    },
  }),
  account("asked before a token is revoked", {
    afterwards: async () => {
      await click(`${section(4)} li button`);
      await dialogs(1);
    },
  }),
  account("a token is made", {
    routes: { ...mine, "POST /api/account/tokens": { status: 201, body: { id: 9, token: "2-3" } } },
    afterwards: async () => {
      await click(`${section(4)} header button`);
      await dialogs(1);
      const form = document.querySelector("[role=dialog] form") as HTMLFormElement;
      act(() => void fireEvent.change(form.querySelector("input") as Element, { target: { value: "Α" } }));
      await click("[role=dialog] input[type=checkbox]");
      await act(async () => void fireEvent.submit(form));
      await screen.findByText("2-3");
    },
  }),
  account("a token, while it is described", {
    width: 390,
    afterwards: async () => {
      await click(`${section(4)} header button`);
      await dialogs(1);
    },
  }),
  {
    name: "security of the company",
    route: "/security",
    path: "/security",
    routes: all,
    until: text("Πρόγραμμα 3"),
    afterwards: async () => {
      await click("main form input[type=checkbox]");
      await act(async () => void fireEvent.submit(document.querySelector("main form") as HTMLFormElement));
      await waitFor(() => expect(document.querySelector("main form button[disabled]")).not.toBeNull());
    },
  },
  {
    name: "security of the company, refused",
    route: "/security",
    path: "/security",
    routes: {
      "GET /api/security-policy": { status: 403, body: "" },
      "GET /api/api-tokens": { status: 403, body: "" },
    },
    until: () => waitFor(() => expect(screen.getAllByRole("alert").length).toBe(2)),
  },
  importing("before", {}, () => undefined),
  importing(
    "a file that cannot be read",
    { "POST /api/staff/import/preview": { status: 422, body: "" } },
    async () => {
      await choose();
      await screen.findByRole("alert");
    },
  ),
  ...[1366, 390].map((width) =>
    importing(
      `a preview with a fault, ${width} px`,
      preview({ rows, token: null }),
      async () => {
        await choose();
        await screen.findByText("λείπει");
      },
      width,
    ),
  ),
  importing("nobody in the file", preview({ rows: [], token: null }), async () => {
    await choose();
    await waitFor(() => expect(document.querySelectorAll("main section").length).toBe(2));
  }),
  importing(
    "done",
    { ...preview({ rows: [rows[0]], token: "τ" }), "POST /api/staff/import": { body: done } },
    async () => {
      await choose();
      await screen.findByText("Ομάδα");
      await click("main section:nth-of-type(2) > button");
      await screen.findByText("4-5");
    },
  ),
  importing(
    "done, all by mail",
    {
      ...preview({ rows: [rows[0]], token: "τ" }),
      "POST /api/staff/import": { body: { ...done, people: [done.people[0]] } },
    },
    async () => {
      await choose();
      await screen.findByText("Ομάδα");
      await click("main section:nth-of-type(2) > button");
      await waitFor(() => expect(document.querySelectorAll("input[type=file]").length).toBe(0));
    },
  ),
];
