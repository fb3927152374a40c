import { act, fireEvent, screen } from "@testing-library/react";
import { ago, contact, message } from "../fixtures";
import { at, type Case, THREAD } from "./case";

const gap = { id: 1, from_at: ago(5_000), until_at: ago(4_000), text: "Κενό" };

export const customers: Case[] = [
  at("/conversations/1", {
    name: "customer drawer",
    width: 1024,
    afterwards: async () => {
      const toggle = document.querySelector<HTMLElement>("main [aria-pressed]");
      await act(async () => toggle?.click());
      await screen.findByRole("dialog");
    },
  }),
  at("/conversations/1", {
    name: "customer with everything known",
    routes: {
      [THREAD]: { body: { items: [message(1)], next: null, gaps: [gap] } },
      "GET /api/contacts/1": {
        body: contact(1, {
          phones: [{ id: 1, text: "+84912345678", masked: false }],
          emails: [{ id: 2, text: "λαν@παρ.gr".replace("gr", "γρ"), masked: false }],
          details: {
            ...contact(1).details,
            name: "Α",
            alias: "Β",
            address: "Γ",
            ward: "Δ",
            district: "Ε",
            city: "Ζ",
            birthday: "1",
            gender: "Η",
            external_ref: "Θ",
          },
          identities: [true, false].map((following, index) => ({
            account: { id: index, name: "Σου", channel: "zalo_oa" },
            external_id: "1",
            display_name: "Άννα",
            following,
            follow_source_text: "QR".replace(/./g, "ρ"),
            first_seen_at: ago(9),
          })),
        }),
      },
    },
    afterwards: async () => {
      await screen.findByText("Ζ");
      await act(async () => document.querySelector<HTMLElement>("aside section button")?.click());
      await act(async () => {
        const field = document.querySelector("aside [role=combobox]") as HTMLInputElement;
        fireEvent.change(field, { target: { value: "νέο" } });
      });
    },
  }),
];
