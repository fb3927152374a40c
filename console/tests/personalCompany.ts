import { act, fireEvent } from "@testing-library/react";
import type { Me } from "../src/api/types";
import type { PersonalAccount } from "../src/channels/personal/types";
import { FakeSocket } from "./fakeSocket";
import { ago, me } from "./fixtures";
import { consent, holder, myself } from "./personalFixtures";
import { type Routes, serve } from "./server";

export const click = async (element: HTMLElement) => act(async () => void fireEvent.click(element));
export const write = (input: HTMLElement, value: string) =>
  act(async () => void fireEvent.change(input, { target: { value } }));
export const hears = (...events: object[]) =>
  act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 9, events }));
export const begins = () =>
  act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));

export const staffOnly: Partial<Me> = { role: "staff", permissions: ["conversation:reply"] };

/** A company with personal accounts, and a server that remembers what it was told. */
export function company(accounts: PersonalAccount[], more: Routes = {}, person: Partial<Me> = {}) {
  const state = { accounts, stopped: null as { at: string; by: typeof holder } | null };
  const sent: { path: string; body: unknown }[] = [];
  const takes =
    (answer: (body: never) => { status?: number; body?: unknown }) => async (request: Request) => {
      const body = (await request.json()) as never;
      sent.push({ path: new URL(request.url).pathname, body });
      return answer(body);
    };
  const asked = serve({
    "GET /api/session": { body: { ...me, ...person } },
    "GET /api/personal-accounts": () => ({ body: { items: state.accounts, stopped: state.stopped } }),
    "GET /api/personal-consent": { body: consent },
    "GET /api/personal-accounts/1/friend-requests": { body: { items: [] } },
    "GET /api/staff/choices": { body: { items: [holder, myself] } },
    "POST /api/personal-accounts/actions": takes(({ ids }: { ids: number[] }) => ({
      body: { done: ids.slice(1), refused: [{ id: ids[0], reason: "Đang chờ quét mã" }] },
    })),
    "PUT /api/personal-switch": takes(({ stopped }: { stopped: boolean }) => {
      state.stopped = stopped ? { at: ago(0), by: myself } : null;
      return { status: 204 };
    }),
    ...more,
  });
  return { state, sent, asked, takes };
}
