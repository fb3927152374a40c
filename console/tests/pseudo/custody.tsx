import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import type { Access } from "../../src/api/visibility";
import { FakeSocket } from "../fakeSocket";
import { ago, contact, conversation, me, message, note, share } from "../fixtures";
import { at, type Case, click, NOTES, ONE, page, THREAD, text } from "./case";

const lan = { id: 5, name: "Λαν" };
const custodian = { id: 9, name: "Ναμ" };
const one = (change: Parameters<typeof conversation>[1]) => ({ [ONE]: { body: conversation(1, change) } });
const press = (key: string) => act(async () => void fireEvent.keyDown(document.body, { key }));
const dialog = () => screen.findByRole("dialog");
const typing = async (selector: string, value: string) => {
  const field = await waitFor(() => {
    const found = document.querySelector<HTMLTextAreaElement>(selector);
    if (!found) throw new Error(`no ${selector} yet`);
    return found;
  });
  await act(async () => {
    field.focus();
    fireEvent.change(field, { target: { value } });
  });
};

const opened = (key: string, name: string, rest: Partial<Case> = {}) =>
  at("/conversations/1", {
    name,
    ...rest,
    afterwards: async () => {
      await press(key);
      await dialog();
      await act(async () => document.querySelector<HTMLElement>("[role=option]")?.click());
    },
  });

const entry = (kind: string, from: object | null, to: object | null, by: object | null = lan) => ({
  at: ago(60),
  kind,
  from,
  to,
  by,
  note: "",
});

export const custody: Case[] = [
  opened("t", "moving a customer"),
  opened("t", "moving a customer whom nobody has, on a phone", {
    width: 390,
    routes: one({ custodian: null }),
  }),
  opened("a", "giving a conversation to somebody", { routes: one({ assignee: lan }) }),
  opened("a", "putting oneself on", { routes: one({ actions: ["assign_self", "reply"] }) }),
  opened("a", "taking oneself off", {
    routes: one({ actions: ["assign_self", "reply"], assignee: { id: me.id, name: me.name } }),
  }),
  at("/conversations/1", {
    name: "sharing until a day",
    routes: { "GET /api/conversations/1/shares": page([share(1), share(2, { note: "Σημείωση" })]) },
    afterwards: async () => {
      await press("s");
      await dialog();
      await click("[role=dialog] input[value=date]");
    },
  }),
  opened("s", "sharing with nobody yet"),
  at("/conversations/1", {
    name: "the ledger",
    routes: {
      "GET /api/conversations/1/custody": page([
        entry("claim", null, lan),
        entry("transfer", lan, custodian),
        entry("transfer", null, custodian),
        entry("transfer", lan, null, null),
        entry("assign", null, lan),
        entry("assign", lan, null),
        entry("assign", null, null),
      ]),
    },
    afterwards: async () => {
      await click("main header [aria-haspopup=menu]");
      await waitFor(() => {
        if (document.querySelectorAll("[role=menuitem]").length < 4) throw new Error("no menu yet");
      });
      await act(async () => document.querySelectorAll<HTMLElement>("[role=menuitem]")[3]?.click());
      await dialog();
    },
  }),
  at("/conversations/1", {
    name: "what one can do with a conversation, on a phone",
    width: 390,
    afterwards: async () => {
      await click("main header [aria-haspopup=dialog]");
      await dialog();
    },
  }),
  ...(["pool", "mention", "masked"] as Access[]).map((access) =>
    at("/conversations/1", {
      name: `a customer seen as ${access}`,
      routes: {
        ...one({
          access,
          custodian: access === "pool" ? null : custodian,
          actions: access === "pool" ? ["claim", "note", "reply"] : ["note", "reply", "reveal"],
        }),
        "GET /api/contacts/1": {
          body: contact(1, {
            level: access,
            phones: [{ id: 1, text: "•••• 678", masked: true }],
            emails: [{ id: 2, text: "λ•••@", masked: true }],
          }),
        },
        "GET /api/contacts/1/conversations": { body: { items: null, count: 2, custodians: [custodian] } },
        "POST /api/contacts/1/reveal": {
          body: { phones: ["0912345678"], emails: ["λ@παρ"], details_phone: null },
        },
        "POST /api/conversations/1/claim": { status: 409, body: "" },
      },
      afterwards: async () => {
        const button = document.querySelector<HTMLElement>("aside button");
        await act(async () => button?.click());
      },
    }),
  ),
  at("/conversations/1", {
    name: "a customer who also writes elsewhere",
    routes: {
      "GET /api/contacts/1/conversations": {
        body: { items: [conversation(1), conversation(2)], count: null, custodians: [] },
      },
    },
    afterwards: () => screen.findByText(/ΗΤ-2/),
  }),
  at("/conversations/1", {
    name: "the auditor",
    routes: { "GET /api/session": { body: { ...me, role: "auditor" } }, ...one({ actions: [] }) },
  }),
  at("/conversations/1", { name: "somebody who may not answer", routes: one({ actions: [] }) }),
  at("/conversations/1", {
    name: "notes between messages, and a note that names somebody",
    routes: {
      [THREAD]: page([message(1, { sent_at: ago(90) }), message(2, { sent_at: ago(10) })]),
      [NOTES]: page([
        note(1, { created_at: ago(60), text: "@Λαν, δες", mentions: [lan] }),
        note(2, { created_at: ago(50), author: lan, text: "Εντάξει" }),
        note(3, { created_at: ago(40), deleted: true, text: "" }),
        note(4, { created_at: ago(30), author: lan, deleted: true, text: "" }),
      ]),
    },
    afterwards: async () => {
      await screen.findByText("Εντάξει");
      await press("g");
      await typing("#note-composer", "@λα");
      await click("[role=option]");
      await typing("#note-composer", "@Λαν δες");
      await act(async () => document.querySelector<HTMLElement>("article button")?.click());
      await dialog();
    },
  }),
  at("/conversations/1", {
    name: "a note that was begun",
    afterwards: async () => {
      await press("g");
      await typing("#note-composer", "α");
      await act(async () => document.querySelector<HTMLElement>("[data-mode=reply]")?.click());
    },
  }),
  at("/conversations/1", {
    name: "a conversation that goes out of sight",
    afterwards: async () => {
      const says = (frame: unknown) => act(async () => FakeSocket.all.at(-1)?.says(frame));
      await says({ type: "hello", cursor: 5, reset: false });
      const hidden = { seq: 6, kind: "conversation.hidden", conversation_id: 1 };
      await says({ type: "events", cursor: 6, events: [hidden] });
      await waitFor(() => {
        if (document.querySelector("[role=log]")) throw new Error("still there");
      });
    },
  }),
  {
    name: "rows that one sees by the pool and by a mention",
    route: "/conversations",
    path: "/conversations",
    routes: {
      "GET /api/conversations": page([
        conversation(1, { access: "pool" }),
        conversation(2, { access: "mention" }),
      ]),
    },
    until: text("Πελάτης 2"),
  },
];
