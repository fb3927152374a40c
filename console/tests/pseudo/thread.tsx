import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import { ago, conversation, message, replying } from "../fixtures";
import { untranslated } from "../untranslated";
import { at, type Case, heading, ONE, page, THREAD } from "./case";
import { everyMessage } from "./messages";

const outboxWith = (failure: unknown) => () =>
  sessionStorage.setItem(
    "sokhach.outbox",
    JSON.stringify([
      { clientId: "a", conversationId: 1, text: "Γεια", createdAt: ago(1), state: "failed", failure },
    ]),
  );

export const thread: Case[] = [
  at("/conversations/1", {
    name: "thread with every kind of message",
    routes: { [THREAD]: page(everyMessage) },
  }),
  at("/conversations/1", { name: "thread on a phone", width: 390, routes: { [THREAD]: page(everyMessage) } }),
  at("/conversations/1", { name: "thread while it loads", routes: { [THREAD]: "never" } }),
  at("/conversations/1", {
    name: "ended episode, nobody in charge, personal account",
    routes: {
      [ONE]: {
        body: conversation(1, {
          episode_open: false,
          custodian: null,
          kind: "group",
          account: { id: 2, name: "Σου", channel: "zalo_personal" },
        }),
      },
    },
  }),
  ...[
    { allowed: false, reason: null, free_until: null, window_until: null },
    { allowed: true, reason: null, free_until: ago(1), window_until: ago(-60 * 30) },
    { allowed: true, reason: null, free_until: ago(1), window_until: ago(-60 * 24 * 3) },
    { allowed: true, reason: null, free_until: ago(-0.5), window_until: null },
  ].map((state, index) =>
    at("/conversations/1", {
      name: `composer status ${index}`,
      routes: { [ONE]: { body: conversation(1, { reply: replying(state) }) } },
    }),
  ),
  ...[{ kind: "unreachable" }, { kind: "interrupted" }, { kind: "refused", text: null }].map((failure) =>
    at("/conversations/1", {
      name: `a message of mine that is ${failure.kind}`,
      before: outboxWith(failure),
    }),
  ),
  at("/conversations/1", {
    name: "picture viewer",
    routes: { [THREAD]: page(everyMessage.filter((m) => m.kind === "image")) },
    afterwards: async () => {
      const picture = await waitFor(() => {
        const found = document.querySelector<HTMLElement>('[role="log"] button');
        if (!found) throw new Error("no picture yet");
        return found;
      });
      await act(async () => picture.click());
      await screen.findByRole("dialog");
    },
  }),
  ...(["template", "request", "buttons"] as const).map((dialog) =>
    at("/conversations/1", {
      name: `composer: ${dialog}`,
      routes: {
        "GET /api/conversations/1/templates": {
          body: {
            synced_at: ago(9),
            items: [
              {
                template_id: "1",
                name: "Πρότυπο",
                status: "ENABLE",
                status_text: "Ναι",
                quality: null,
                tag: null,
                via: ["uid", "phone"],
                params: [{ name: "τιμή", required: true, type: "STRING", max_length: 30 }],
                price_dong: 140,
                price_phone_dong: 200,
                preview_url: "https://x.test/1",
              },
            ],
          },
        },
      },
      afterwards: async () => {
        if (dialog === "template") {
          await act(async () => document.querySelector<HTMLElement>("footer [data-template]")?.click());
          const choice = await screen.findByText("Πρότυπο");
          expect(untranslated(document.body)).toEqual([]);
          await act(async () => choice.click());
          const form = await waitFor(() => {
            const found = document.querySelector("[role=dialog] form");
            if (!found) throw new Error("no form yet");
            return found;
          });
          await act(async () => void fireEvent.submit(form));
          return;
        }
        await act(async () => document.querySelector<HTMLElement>("footer [aria-haspopup=menu]")?.click());
        // Not by role: working that out for a whole page takes a busy machine longer than it may.
        const items = await waitFor(() => {
          const found = document.querySelectorAll<HTMLElement>("[role=menuitem]");
          if (found.length === 0) throw new Error("no menu yet");
          return found;
        });
        await act(async () => items[dialog === "request" ? 0 : 1]?.click());
        await waitFor(() => expect(document.querySelector("[role=dialog] form")).not.toBeNull());
      },
    }),
  ),
  ...[
    replying({ blocked: true }),
    replying({
      free_until: ago(1),
      window_until: ago(-60 * 30),
      cost_text: "Χρέωση.",
    }),
    replying({ free_until: ago(1), window_until: ago(-60 * 30), quota: { remain: 12, total: 500 } }),
    replying({ free_until: ago(1), window_until: ago(-60 * 30), quota: { remain: 12, total: null } }),
  ].map((state, index) =>
    at("/conversations/1", {
      name: `composer that may cost or is blocked ${index}`,
      routes: { [ONE]: { body: conversation(1, { reply: state }) } },
    }),
  ),
  at("/conversations/1", {
    name: "composer with a quote and a text that is too long",
    routes: { [THREAD]: page([message(1)]) },
    afterwards: async () => {
      const quote = await waitFor(() => {
        const found = document.querySelector<HTMLElement>("[data-action=quote]");
        if (!found) throw new Error("no message yet");
        return found;
      });
      await act(async () => quote.click());
      const field = document.querySelector("#composer") as HTMLTextAreaElement;
      await act(async () => void fireEvent.change(field, { target: { value: "α".repeat(4_100) } }));
      await act(async () => document.querySelector<HTMLElement>("[data-action=react]")?.click());
    },
  }),
  at("/conversations/99", { name: "conversation that is not there", until: heading, routes: {} }),
];
