import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { device, staffMember, team } from "../adminFixtures";
import { ago, me } from "../fixtures";
import type { Routes } from "../server";
import { untranslated } from "../untranslated";
import { type Case, click, heading, page, text } from "./case";

const people = [
  staffMember(1, { role: "admin", last_seen_at: ago(2), totp: true }),
  staffMember(2, {
    role: "lead",
    last_seen_at: ago(90),
    teams: [
      { team_id: 1, name: "Ομάδα 1", leads: true },
      { team_id: 2, name: "Ομάδα 2", leads: false },
    ],
  }),
  staffMember(3, { role: "manager", totp: true, recording_confirmed_at: null }),
  staffMember(4, { suspended_at: ago(60) }),
  staffMember(5, { invited: true, invitation_expires_at: ago(-3000), recording_confirmed_at: null }),
  staffMember(6, { invited: true, invitation_expires_at: ago(3000), recording_confirmed_at: null }),
];

const everybody: Routes = {
  "GET /api/staff": { body: { items: people, next: "x", total: 60 } },
  "GET /api/teams": page([
    team(1, { leads: [{ id: 2, name: "Λαν 2" }] }),
    team(2, { kind: "team", parent_id: 1, depth: 1, empty: true, member_count: 0 }),
  ]),
  ...Object.fromEntries(people.map((one) => [`GET /api/staff/${one.id}`, { body: one }])),
  "GET /api/staff/*/devices": page([device(1), device(2, { current: true, device: "" })]),
};

/** With a second factor, and few recovery codes. */
const secured = { totp: true, totp_required: true, recovery_codes_left: 1, recording_confirmed_at: ago(60) };

const staff = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/staff",
  path: "/staff",
  routes: everybody,
  until: heading,
  ...rest,
});

export const staffAndTeams: Case[] = [
  staff("staff", { until: text("Λαν 4") }),
  staff("staff on a phone", { width: 390, until: text("Λαν 4") }),
  staff("staff while they load", { routes: { "GET /api/staff": "never" } }),
  staff("staff that failed", { routes: { "GET /api/staff": { status: 400, body: "" } } }),
  staff("nobody found", { path: "/staff?search=α", routes: {} }),
  ...[1, 2, 3, 4, 5, 6].map((id) =>
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
  ...[0, 1, 2, 3].map((nth) =>
    staff(`asked before ${["a link", "a new password", "a removal", "a suspension"][nth]}`, {
      path: "/staff?person=3",
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
      await click("[role=dialog] section button", 1);
      await click("[role=dialog] [data-autofocus]");
      await screen.findByText("2-3");
    },
  }),
  staff("a link to a new password", {
    path: "/staff?person=2",
    routes: { ...everybody, "POST /api/staff/2/password-reset": { status: 201, body: { link: "2-3" } } },
    until: text("+84912345678"),
    afterwards: async () => {
      await click("[role=dialog] section button");
      await click("[role=dialog] [data-autofocus]");
      await screen.findByText("2-3");
    },
  }),
  staff("somebody is invited again", {
    path: "/staff?person=5",
    routes: {
      ...everybody,
      "POST /api/staff/5/invitation": {
        status: 201,
        body: { member: { ...people[4], email: "λαν@α" }, link: "2-3", mailed: true },
      },
    },
    until: text("+84912345678"),
    afterwards: async () => {
      await click("[role=dialog] section button");
      await screen.findByText("2-3");
    },
  }),
  staff("proof is asked before a suspension", {
    path: "/staff?person=3",
    routes: {
      ...everybody,
      "PUT /api/staff/3/suspension": { status: 403, body: { type: "urn:sokhach:problem:sudo-needed" } },
      "GET /api/account/security": { body: secured },
      "POST /api/session/sudo": { status: 403, body: "" },
    },
    until: text("+84912345678"),
    afterwards: async () => {
      await click("[role=dialog] section button", 3);
      await click("[role=dialog] [data-autofocus]");
      await waitFor(() => expect(document.querySelector("input[type=password]")).not.toBeNull());
      expect(untranslated(document.body)).toEqual([]);
      const field = document.querySelector("input[type=password]") as HTMLInputElement;
      const form = field.closest("form") as HTMLFormElement;
      await act(async () => void fireEvent.submit(form));
      await waitFor(() => expect(form.querySelector("[role=alert]")).not.toBeNull());
      await act(async () => [...form.querySelectorAll("button")].at(-1)?.click());
      await waitFor(() => expect(form.querySelector("[inputmode=numeric]")).not.toBeNull());
    },
  }),
  ...(["link", "password"] as const).map((way) =>
    staff(`somebody is added by a ${way}`, {
      routes: {
        ...everybody,
        "POST /api/staff": { status: 201, body: { member: staffMember(9), password: "2-3" } },
        "POST /api/staff/invitations": {
          status: 201,
          body: { member: staffMember(9), link: "2-3", mailed: false },
        },
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
        if (way === "password") await click("[role=dialog] input[value=password]");
        expect(untranslated(document.body)).toEqual([]);
        await act(async () => void fireEvent.submit(form));
        await screen.findByText("2-3");
      },
    }),
  ),
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
];
