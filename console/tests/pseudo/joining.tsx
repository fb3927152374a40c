import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { ago, me } from "../fixtures";
import type { Routes } from "../server";
import { type Case, heading, text } from "./case";

const signedOut: Routes = { "GET /api/session": { status: 401, body: { type: "", status: 401 } } };
const invitation = { name: "Λαν", login: "λαν@α", invited_by: me.name, expires_at: ago(-9000) };
const session = (change: Partial<typeof me>): Routes => ({
  "GET /api/session": { body: { ...me, ...change } },
});
const secret: Routes = {
  "POST /api/account/totp": { status: 201, body: { secret: "ΑΒΓΔ", uri: "otpauth://totp/x?secret=ABCD" } },
  "PUT /api/account/totp": { body: { recovery_codes: ["2-3", "4-5"] } },
};
const alert = () => screen.findByRole("alert");

/** Fills every field of the form with the same words, ticks its boxes, and sends it. */
async function send(words: string): Promise<void> {
  const form = document.querySelector("form") as HTMLFormElement;
  for (const input of form.querySelectorAll<HTMLInputElement>("input:not([hidden]):not([type=checkbox])"))
    act(() => void fireEvent.change(input, { target: { value: words } }));
  for (const box of form.querySelectorAll<HTMLElement>("input[type=checkbox]"))
    await act(async () => box.click());
  await act(async () => void fireEvent.submit(form));
}

const invited = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/invitation",
  path: "/invitation?token=α",
  routes: { ...signedOut, "GET /api/invitation": { body: invitation } },
  until: text("λαν@α"),
  ...rest,
});

const reset = (name: string, rest: Partial<Case>): Case => ({
  name,
  route: "/password-reset",
  path: "/password-reset",
  until: heading,
  ...rest,
});

export const joining: Case[] = [
  invited("an invitation", {}),
  invited("an invitation of nobody in particular", {
    routes: { ...signedOut, "GET /api/invitation": { body: { ...invitation, invited_by: null } } },
  }),
  invited("an invitation while it loads", {
    routes: { ...signedOut, "GET /api/invitation": "never" },
    until: heading,
  }),
  invited("an invitation that is over", {
    routes: { ...signedOut, "GET /api/invitation": { status: 410, body: "" } },
    until: alert,
  }),
  invited("an invitation that is refused", {
    routes: {
      ...signedOut,
      "GET /api/invitation": { body: invitation },
      "POST /api/invitation": { status: 400, body: "" },
    },
    afterwards: async () => {
      await send("μακρύς κωδικός");
      await alert();
    },
  }),
  ...[true, false].map((by_mail) =>
    reset(`a forgotten password${by_mail ? "" : ", without mail"}`, {
      routes: { ...signedOut, "GET /api/password-reset": { body: { by_mail } } },
      until: () => waitFor(() => screen.getByText(/\S{3}/, { selector: "main p" })),
    }),
  ),
  reset("a forgotten password that is asked for", {
    routes: {
      ...signedOut,
      "GET /api/password-reset": { body: { by_mail: true } },
      "POST /api/password-reset": { status: 202 },
    },
    until: () => waitFor(() => screen.getByRole("textbox")),
    afterwards: async () => {
      await send("λαν@α");
      await screen.findByRole("status");
    },
  }),
  reset("a forgotten password, the server away", {
    routes: { ...signedOut, "GET /api/password-reset": { status: 400, body: "" } },
    until: alert,
  }),
  reset("a new password", {
    path: "/password-reset?token=α",
    routes: { ...signedOut, "POST /api/password-reset/confirm": { status: 204 } },
    afterwards: async () => {
      await send("μακρύς κωδικός");
      await waitFor(() => {
        if (document.querySelector("form")) throw new Error("still there");
      });
    },
  }),
  reset("a new password that is refused", {
    path: "/password-reset?token=α",
    routes: { ...signedOut, "POST /api/password-reset/confirm": { status: 410, body: "" } },
    afterwards: async () => {
      await send("μακρύς κωδικός");
      await alert();
    },
  }),
  {
    name: "who has not confirmed the recording is led to it",
    route: "/recording",
    path: "/conversations",
    routes: session({ recording_confirmed: false }),
    until: () => screen.findByRole("checkbox"),
  },
  {
    name: "the recording cannot be confirmed",
    route: "/recording",
    path: "/recording",
    routes: {
      ...session({ recording_confirmed: false }),
      "POST /api/account/recording-confirmation": { status: 400, body: "" },
    },
    until: () => screen.findByRole("checkbox"),
    afterwards: async () => {
      await send("");
      await alert();
    },
  },
  {
    name: "whose role needs a second factor is led to it",
    route: "/second-factor",
    path: "/conversations",
    routes: { ...session({ needs_second_factor: true }), ...secret },
    until: text("ΑΒΓΔ"),
  },
  {
    name: "the recovery codes",
    route: "/second-factor",
    path: "/second-factor",
    routes: { ...session({ needs_second_factor: true }), ...secret },
    until: text("ΑΒΓΔ"),
    afterwards: async () => {
      await send("123456");
      await screen.findByText("2-3");
    },
  },
];
