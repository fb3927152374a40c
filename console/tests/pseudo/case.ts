import { act, screen, waitFor } from "@testing-library/react";
import { limit } from "../adminFixtures";
import { ago, contact, conversation, me } from "../fixtures";
import type { Routes } from "../server";

export type Case = {
  name: string;
  /** The route that this case shows, as the router writes it. */
  route: string;
  path: string;
  width?: number;
  routes?: Routes;
  before?: () => void;
  /** A test id, role or moment to wait for before reading the page. */
  until: () => unknown;
  afterwards?: () => unknown;
};

export const LIST = "GET /api/conversations";
export const ONE = "GET /api/conversations/1";
export const THREAD = "GET /api/conversations/1/messages";
export const NOTES = "GET /api/conversations/1/notes";

export const page = (items: unknown[], next: string | null = null) => ({ body: { items, next } });

/** What the server answers unless a case says otherwise. */
export const base: Routes = {
  "GET /api/session": { body: me },
  "GET /api/setup": { body: { needs_owner: false } },
  [LIST]: page([
    conversation(1, { unread_count: 2, waiting_since: ago(4) }),
    conversation(2, { waiting_since: ago(45), kind: "group", contact: null }),
    conversation(3, { waiting_since: ago(300) }),
    conversation(4, { waiting_since: ago(0), last_message: null }),
    ...["image", "sticker", "event", "unsupported"].map((kind, index) => {
      const row = conversation(5 + index);
      const last = row.last_message && { ...row.last_message, kind, preview: null as unknown as string };
      return { ...row, last_message: last };
    }),
    conversation(9, {
      last_message: {
        id: 1,
        preview: "Ναι",
        direction: "out",
        author_name: me.name,
        kind: "text",
        sent_at: ago(2000),
        delivery_state: "failed",
        recalled: false,
      },
    }),
  ]),
  [ONE]: { body: conversation(1, { unread_count: 1 }) },
  [THREAD]: page([]),
  "GET /api/channel-accounts": page([]),
  "GET /api/channel-accounts/1/admins": page([
    { external_id: "77", staff_id: null, staff_name: null, first_seen_at: ago(600), last_seen_at: ago(60) },
    { external_id: "78", staff_id: 9, staff_name: "Ναμ", first_seen_at: ago(600), last_seen_at: ago(90) },
  ]),
  "GET /api/colleagues": page([{ id: 1, code: "ΝΒ-000001", name: "Λαν" }]),
  "GET /api/channel-accounts/1/log": page([{ id: 1, name: "α", text: "Νέο πρότυπο", at: ago(60) }], "x"),
  "GET /api/channel-limits": page([
    limit("α"),
    limit("β", { unit: "bytes", value: 3_000_000, changed_by: me.name, changed_at: ago(60) }),
    limit("γ", { unit: "hour_of_day", value: 6, least: 0, most: 23 }),
  ]),
  "GET /api/privacy-requests": page([]),
  "GET /api/staff": { body: { items: [], next: null, total: 0 } },
  "GET /api/teams": page([]),
  "GET /api/quarantine": { body: { items: [], next: null, total: 0 } },
  "GET /api/contacts/1": { body: contact(1) },
  "GET /api/tags": page([]),
  [NOTES]: page([]),
  "GET /api/contacts/1/conversations": { body: { items: [], count: null, custodians: [] } },
  "GET /api/conversations/1/shares": page([]),
  "GET /api/conversations/1/custody": page([]),
  "GET /api/staff/*/devices": page([]),
  "GET /api/staff/choices": page([
    { id: 1, name: "Χονγ Ενγ" },
    { id: 5, name: "Λαν" },
  ]),
  "POST /api/conversations/1/read": { status: 204 },
};

export const status = (name: RegExp) => () => screen.findByRole("status", { name });
export const heading = () => screen.findByRole("heading", { level: 1 });
export const text = (words: string | RegExp) => () => screen.findByText(words);

const conversationShown = () => screen.findByRole("heading", { name: "Πελάτης 1" });
/** A case of one open conversation. */
export const at = (path: string, rest: Partial<Case> & Pick<Case, "name">): Case => ({
  route: "/conversations/$conversationId",
  path,
  until: conversationShown,
  ...rest,
});

/** Presses what a selector finds, the `nth` of several. */
export const click = async (selector: string, nth = 0) => {
  const found = await waitFor(() => {
    const all = document.querySelectorAll<HTMLElement>(selector);
    const one = all[nth];
    if (!one) throw new Error(`no ${selector} yet`);
    return one;
  });
  await act(async () => found.click());
};
