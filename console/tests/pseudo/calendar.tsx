import { fireEvent, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { me } from "../fixtures";
import type { Routes } from "../server";
import { type Case, click, heading, page, text } from "./case";

const day = (opens: number, closes: number) => ({ opens_minute: opens, closes_minute: closes });
const office = [day(480, 720), day(810, 1050)];
const person = (id: number) => ({ id, code: `ΝΒ-${id}`, name: `Λαν ${id}` });
const team = { id: 1, parent_id: null, kind: "branch", name: "Ομάδα 1", depth: 0, own_hours: false };
const hours = {
  team_id: null,
  source: "own",
  inherited_from: null,
  week: [office, office, office, office, office, [day(1080, 1560)], []],
  timezone: "Ασία",
  teams: [team],
};
const known = (kind: string, swapped_with: string | null = null) => ({ kind, name: "Τετ", swapped_with });
const date = (at: string, change: object) => ({
  date: at,
  public: null,
  rule: null,
  intervals: [],
  ordinary: office,
  ...change,
});
const leave = (id: number, change: object = {}) => ({
  id,
  staff: person(id),
  deputy: person(9),
  deputy_away: false,
  from_at: "2026-11-22T17:00:00Z",
  until_at: "2026-11-24T17:00:00Z",
  note: "Ταξίδι",
  state: "upcoming",
  can_end: true,
  ...change,
});

const everything: Routes = {
  "GET /api/session": {
    body: { ...me, permissions: [...me.permissions, "calendar:manage", "leave:manage"] },
  },
  "GET /api/calendar/hours": { body: hours },
  "GET /api/calendar/days": page([
    date("2026-02-17", { public: known("holiday") }),
    date("2026-04-27", {
      public: known("substitute"),
      rule: { kind: "ordinary", name: "", intervals: [], own: true },
      intervals: office,
    }),
    date("2026-08-22", { public: known("make_up", "2026-08-31") }),
    date("2026-08-31", { public: known("swap", "2026-08-22"), intervals: office }),
    date("2026-12-24", { rule: { kind: "closed", name: "Απογραφή", intervals: [], own: false } }),
  ]),
  "GET /api/shifts": {
    body: {
      people: [person(1), person(2)],
      items: [{ id: 1, staff_id: 1, from_at: "2026-11-23T01:00:00Z", until_at: "2026-11-23T05:00:00Z" }],
      away: [{ staff_id: 2, from_at: "2026-11-22T17:00:00Z", until_at: "2026-11-24T17:00:00Z" }],
    },
  },
  "GET /api/leave": {
    body: {
      items: [
        leave(1, { deputy_away: true }),
        leave(2, { state: "current", until_at: "2026-11-24T05:00:00Z" }),
        leave(3, { state: "over", deputy: null, can_end: false }),
        leave(4, { state: "cancelled", note: "", can_end: false }),
      ],
      manageable: [person(2)],
    },
  },
};

const calendar = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/calendar",
  path: "/calendar",
  routes: everything,
  until: heading,
  ...rest,
});
const of = (section: string) => `/calendar?section=${section}&year=2026&week=%222026-11-23%22`;
const button = "main button:not([role])";

export const calendarCases: Case[] = [
  calendar("hours", { until: text(/18:00–02:00/) }),
  calendar("hours that are changed, and the refusal", {
    until: text(/18:00–02:00/),
    routes: { ...everything, "PUT /api/calendar/hours": { status: 400, body: "" } },
    afterwards: async () => {
      await click(button);
      await waitFor(() => expect(document.querySelectorAll("input[type=time]").length).toBeGreaterThan(20));
      const all = document.querySelectorAll<HTMLElement>(button);
      const save = all[all.length - 2];
      if (save) fireEvent.click(save);
      await waitFor(() => expect(document.querySelector("[role=alert]")).not.toBeNull());
    },
  }),
  ...["inherited", "default"].map((source) =>
    calendar(`hours that are ${source}`, {
      path: "/calendar?team=1",
      routes: {
        ...everything,
        "GET /api/calendar/hours": { body: { ...hours, source, week: [[], [], [], [], [], [], []] } },
      },
    }),
  ),
  calendar("hours while they load", { routes: { ...everything, "GET /api/calendar/hours": "never" } }),
  calendar("days", { path: of("days"), until: text("Απογραφή") }),
  calendar("days of who changes nothing", {
    path: of("days"),
    routes: { ...everything, "GET /api/session": { body: { ...me, permissions: [] } } },
    until: text("Απογραφή"),
  }),
  calendar("a day that is added", {
    path: of("days"),
    until: text("Απογραφή"),
    afterwards: async () => {
      await click("main button[class*=Button]", 2);
      await waitFor(() => expect(document.querySelector("[role=dialog] input[type=date]")).not.toBeNull());
    },
  }),
  calendar("no days", {
    path: of("days"),
    routes: { ...everything, "GET /api/calendar/days": page([]) },
  }),
  calendar("shifts", { path: of("shifts"), until: text("08:00–12:00") }),
  calendar("shifts on a phone", { path: of("shifts"), width: 390, until: text("08:00–12:00") }),
  calendar("a shift that is added", {
    path: of("shifts"),
    until: text("08:00–12:00"),
    afterwards: async () => {
      await click("main td button:last-child", 1);
      await waitFor(() => expect(document.querySelector("[role=dialog] input[type=time]")).not.toBeNull());
    },
  }),
  calendar("shifts of nobody", {
    path: of("shifts"),
    routes: { ...everything, "GET /api/shifts": { body: { people: [], items: [], away: [] } } },
  }),
  calendar("leave", { path: of("leave"), until: text("Λαν 4") }),
  calendar("leave of nobody", {
    path: of("leave"),
    routes: { ...everything, "GET /api/leave": { body: { items: [], manageable: [] } } },
  }),
  calendar("leave that is written down", {
    path: of("leave"),
    until: text("Λαν 4"),
    afterwards: async () => {
      await click("main button[class*=Button]");
      await click("[role=dialog] input[type=checkbox]");
      await waitFor(() => expect(document.querySelector("[role=dialog] input[type=time]")).not.toBeNull());
    },
  }),
  ...[1, 2].map((nth) =>
    calendar(`leave that ${nth === 1 ? "is called off" : "ends early"}`, {
      path: of("leave"),
      until: text("Λαν 4"),
      afterwards: async () => {
        await click("main li button", nth - 1);
        await waitFor(() => expect(document.querySelector("[role=dialog]")).not.toBeNull());
      },
    }),
  ),
];
