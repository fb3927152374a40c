import { ago, me } from "../fixtures";
import type { Routes } from "../server";
import { type Case, heading, page, text } from "./case";

const lan = { id: 1, name: "Λαν" };
const talk = { id: 12, code: "ΗΤ-000012", name: "Μινχ" };
const customer = { id: 5, code: "ΚΗ-000005", name: "Μινχ" };
const overseer: Routes = {
  "GET /api/session": {
    body: { ...me, permissions: [...me.permissions, "access_log:read", "audit_log:read"] },
  },
};

const access = (id: number, change: object = {}) => ({
  id,
  at: ago(id * 7),
  staff: lan,
  conversation: talk,
  contact: customer,
  road: "thread",
  road_text: "Διάβασε",
  address: "10.0.0.7",
  ...change,
});
const refusal = (id: number, change: object = {}) => ({
  ...access(id),
  last_at: ago(id * 7),
  attempts: 1,
  reason: "not-visible",
  kind: "conversation",
  kind_text: "Συνομιλία",
  permission: null,
  permission_text: null,
  route: "",
  device: "Υπολογιστής",
  ...change,
});
const audit = (id: number, change: object = {}) => ({
  id,
  at: ago(id * 9),
  staff: lan,
  action: "staff:change",
  action_text: "Άλλαξε",
  target: { kind: "staff", id: 2, code: "ΝΒ-000002", name: "Ναμ", conversation_id: null },
  changes: [{ field: "role", label: "Ρόλος", before: "Α", after: "Β" }],
  address: "10.0.0.7",
  device: "Υπολογιστής",
  ...change,
});

const accesses: Routes = {
  ...overseer,
  "GET /api/access-log": page(
    [access(1), access(2, { contact: null, conversation: { ...talk, name: null } })],
    "x",
  ),
};
const refusals: Routes = {
  ...overseer,
  "GET /api/access-refusals": page(
    [
      refusal(1, { attempts: 4 }),
      refusal(2, { conversation: null, kind: "contact" }),
      refusal(3, { reason: "not-permitted", permission: "x", permission_text: "Απάντηση" }),
      refusal(4, {
        reason: "not-permitted",
        kind: "action",
        permission: "x",
        permission_text: "Προσωπικό",
        conversation: null,
        contact: null,
      }),
    ],
    "x",
  ),
};
const audits: Routes = {
  ...overseer,
  "GET /api/audit-log/actions": page([{ action: "staff:change", text: "Άλλαξε" }]),
  "GET /api/audit-log": page(
    [
      audit(1),
      audit(2, { staff: null, target: null, changes: [] }),
      audit(3, {
        target: { kind: "contact", id: 5, code: "ΚΗ-000005", name: "Μινχ", conversation_id: 12 },
        changes: [
          { field: "tag", label: "Ετικέτα", before: null, after: "Β" },
          { field: "note", label: "Σημείωση", before: "Α", after: null },
        ],
      }),
      audit(4, { target: { kind: "team", id: 5, code: "5", name: null, conversation_id: null } }),
    ],
    "x",
  ),
};
const verdict = (change: object) => ({
  "GET /api/visibility/explain": {
    body: {
      sees: true,
      level: "full",
      level_text: "Όλα",
      staff: lan,
      conversation: talk,
      contact: customer,
      reasons: [{ kind: "custodian", text: "Υπεύθυνος" }],
      ...change,
    },
  },
});

const shown = (route: string, name: string, rest: Partial<Case>): Case => ({
  name,
  route,
  path: route,
  routes: overseer,
  until: heading,
  ...rest,
});
const log = (route: string, name: string, routes: Routes, words: string | RegExp): Case[] => [
  shown(route, name, { routes, until: text(words) }),
  shown(route, `${name} on a phone`, { routes, width: 390, until: text(words) }),
  shown(route, `${name}, filtered to nothing`, {
    path: `${route}?staff=1&conversation=12&from=2026-11-01&until=2026-11-22`,
    routes: { ...routes, [`GET /api${route}`]: page([]) },
  }),
  shown(route, `${name} while it loads`, { routes: { ...routes, [`GET /api${route}`]: "never" } }),
  shown(route, `${name} that failed`, {
    routes: { ...routes, [`GET /api${route}`]: { status: 400, body: "" } },
  }),
];
const asked = "/visibility?staff=1&conversation=12";

export const oversight: Case[] = [
  ...log("/access-log", "the access log", accesses, "ΗΤ-000012 · Μινχ"),
  ...log("/access-refusals", "what was refused", refusals, /Προσωπικό/),
  ...log("/audit-log", "the audit log", audits, "Ετικέτα"),
  shown("/visibility", "why somebody sees it, before anybody is named", {}),
  shown("/visibility", "why somebody sees it", {
    path: asked,
    routes: { ...overseer, ...verdict({}) },
    until: text("Υπεύθυνος"),
  }),
  shown("/visibility", "why somebody does not see it", {
    path: asked,
    width: 390,
    routes: { ...overseer, ...verdict({ sees: false, level: null }) },
    until: text("Υπεύθυνος"),
  }),
  shown("/visibility", "why, of a conversation that is not there", {
    path: asked,
    routes: { ...overseer, "GET /api/visibility/explain": { status: 404, body: "" } },
  }),
];
