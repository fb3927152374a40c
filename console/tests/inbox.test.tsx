import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationDetail, Delivery, Message } from "../src/api/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { contact, conversation, me, message, reply, replying } from "./fixtures";
import { serve } from "./server";

/** A small server that remembers: one conversation open, another in the list. */
function office(change: Partial<ConversationDetail> = {}) {
  const rows = [conversation(1, change), conversation(2)];
  const thread: Message[] = [message(1)];
  const posts: { client_id: string; text: string }[] = [];
  const gates: { open: (answer?: { status: number; body: unknown } | "broken") => void }[] = [];
  const state = { rows, thread, posts, gates, held: false };
  const asked = serve({
    "GET /api/session": { body: me },
    "GET /api/conversations": () => ({ body: { items: state.rows, next: null } }),
    "GET /api/conversations/1": () => ({ body: state.rows.find((row) => row.id === 1) }),
    "GET /api/conversations/1/messages": () => ({ body: { items: state.thread, next: null, gaps: [] } }),
    "GET /api/contacts/1": { body: contact(1) },
    "POST /api/conversations/1/read": { status: 204 },
    "POST /api/conversations/1/messages": async (request) => {
      const body = (await request.json()) as { client_id: string; text: string };
      posts.push(body);
      const refusal = state.held
        ? await new Promise<{ status: number; body: unknown } | "broken" | undefined>((go) =>
            gates.push({ open: go }),
          )
        : undefined;
      if (refusal) return refusal;
      const saved = reply(100 + posts.length, "queued", { ...body, sent_at: new Date().toISOString() });
      state.thread = [...state.thread, saved];
      return { status: 201, body: { items: [saved] } };
    },
    "POST /api/messages/*/resend": () => ({ status: 201, body: reply(50, "queued", { text: "Lỗi" }) }),
    "POST /api/messages/*/settlement": async (request) => {
      const { outcome } = (await request.json()) as { outcome: string };
      return { body: reply(51, outcome === "sent" ? "sent" : "failed", { text: "Treo" }) };
    },
  });
  return { ...state, state, asked };
}

const composer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Tin nhắn cho khách" });
const log = () => screen.getByRole("log");
const write = (input: HTMLElement, value: string) =>
  act(async () => void fireEvent.change(input, { target: { value } }));
const press = (input: HTMLElement, init: KeyboardEventInit) =>
  act(async () => void fireEvent.keyDown(input, { key: "Enter", keyCode: 13, ...init }));
const say = (frame: unknown) => act(async () => FakeSocket.all.at(-1)?.says(frame));
const texts = () => [...log().querySelectorAll("[data-side][title]")].map((bubble) => bubble.textContent);

beforeEach(() => speak("vi", vi));

describe("writing with an input method", () => {
  it("does not send while it composes, nor on the Enter that confirms in Safari", async () => {
    const { posts } = office();
    open("/conversations/1");
    const input = await composer();
    await write(input, "Chào chị");
    await press(input, { isComposing: true });
    await press(input, { keyCode: 229 });
    expect(posts).toEqual([]);
    expect(input.value).toBe("Chào chị");
    await press(input, {});
    await waitFor(() => expect(posts.map((post) => post.text)).toEqual(["Chào chị"]));
    expect(input.value).toBe("");
  });

  it("keeps the text on Shift + Enter, and sends nothing that is empty", async () => {
    const { posts } = office();
    open("/conversations/1");
    const input = await composer();
    await press(input, {});
    await write(input, "một");
    await press(input, { shiftKey: true });
    expect(posts).toEqual([]);
    expect(input.value).toBe("một");
  });

  it("sends composed letters, whatever form the keyboard made", async () => {
    const { posts } = office();
    open("/conversations/1");
    const input = await composer();
    await write(input, "Ễnh ương".normalize("NFD"));
    await press(input, {});
    await waitFor(() => expect(posts[0]?.text).toBe("Ễnh ương".normalize("NFC")));
  });
});

describe("sending", () => {
  it("shows three quick messages at once, sends them in order, and shows each once", async () => {
    const { state, posts, gates } = office();
    state.held = true;
    open("/conversations/1");
    const input = await composer();
    for (const text of ["một", "hai", "ba"]) {
      await write(input, text);
      await press(input, {});
    }
    expect(texts()).toEqual(["Μήνυμα 1", "một", "hai", "ba"]);
    expect(posts.map((post) => post.text)).toEqual(["một"]);
    for (const index of [0, 1, 2]) {
      await waitFor(() => expect(gates.length).toBe(index + 1));
      await act(async () => gates[index]?.open());
    }
    await waitFor(() => expect(within(log()).queryAllByText("Đang gửi")).toEqual([]));
    expect(posts.map((post) => post.text)).toEqual(["một", "hai", "ba"]);
    expect(texts()).toEqual(["Μήνυμα 1", "một", "hai", "ba"]);
  });

  it("keeps a message that did not leave, and sends it again under the same id", async () => {
    const { state, posts, gates } = office();
    state.held = true;
    open("/conversations/1");
    const input = await composer();
    await write(input, "một");
    await press(input, {});
    await waitFor(() => expect(gates.length).toBe(1));
    await act(async () => gates[0]?.open("broken"));
    await screen.findByText("Mất kết nối. Tin sẽ tự gửi khi nối lại được.");
    state.held = false;
    await act(async () => screen.getByRole("button", { name: "Gửi lại" }).click());
    await waitFor(() => expect(within(log()).getByText("Chờ gửi")).toBeTruthy());
    expect(posts[1]?.client_id).toBe(posts[0]?.client_id);
    expect(texts()).toEqual(["Μήνυμα 1", "một"]);
  });

  it("tells the server's reason of a refusal", async () => {
    const { state, gates } = office();
    state.held = true;
    open("/conversations/1");
    const input = await composer();
    await write(input, "một");
    await press(input, {});
    await waitFor(() => expect(gates.length).toBe(1));
    await act(async () =>
      gates[0]?.open({ status: 409, body: { title: "Chưa gửi được", detail: "Khách đã chặn." } }),
    );
    await screen.findByText("Khách đã chặn.");
  });

  it("is closed with the reason when one may not answer", async () => {
    office({
      reply: replying({
        allowed: false,
        reason: "Khách đã hơn 7 ngày.",
        free_until: null,
        window_until: null,
      }),
    });
    open("/conversations/1");
    const input = await composer();
    expect(input.disabled).toBe(true);
    expect(input.placeholder).toBe("Chưa nhắn được cho khách này");
    expect(screen.getByText("Khách đã hơn 7 ngày.")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Gửi" }).disabled).toBe(true);
  });

  it("keeps a draft for each conversation", async () => {
    office();
    open("/conversations/1");
    await write(await composer(), "viết dở");
    await act(async () => screen.getByText("Πελάτης 2").click());
    await waitFor(() => expect(screen.queryByDisplayValue("viết dở")).toBeNull());
    await act(async () => within(screen.getByRole("list")).getByText("Πελάτης 1").click());
    await screen.findByDisplayValue("viết dở");
  });
});

describe("delivery in doubt", () => {
  it("lets a person say that an uncertain message arrived", async () => {
    const { state } = office();
    state.thread = [reply(51, "uncertain", { text: "Treo" })];
    open("/conversations/1");
    const arrived = await screen.findByRole("button", { name: "Khách đã nhận" });
    await act(async () => arrived.click());
    await waitFor(() => expect(screen.queryByRole("button", { name: "Khách đã nhận" })).toBeNull());
    expect(within(log()).getByText("Đã gửi")).toBeTruthy();
  });

  it("offers to send again only what failed for good", async () => {
    const { state, asked } = office();
    state.thread = [reply(50, "failed", { text: "Lỗi" }), reply(51, "uncertain", { text: "Treo" })];
    open("/conversations/1");
    const again = await screen.findAllByRole("button", { name: "Gửi lại" });
    expect(again).toHaveLength(1);
    await act(async () => again[0]?.click());
    await waitFor(() => expect(asked).toContain("POST /api/messages/50/resend"));
  });
});

describe("live", () => {
  const hello = { type: "hello", cursor: 5, reset: false };

  it("shows a customer's message without being asked, and reads only what changed", async () => {
    const { state, asked } = office();
    open("/conversations/1");
    await composer();
    await say(hello);
    await waitFor(() =>
      expect(asked.filter((url) => url.startsWith("GET /api/conversations?")).length).toBe(2),
    );
    asked.length = 0;
    state.thread = [...state.thread, message(2, { text: "Có ai không" })];
    const changed = { seq: 6, kind: "conversation.changed", conversation_id: 1, message_ids: [2] };
    await say({ type: "events", cursor: 6, events: [changed] });
    await within(log()).findByText("Có ai không");
    expect([...asked].sort()).toEqual([
      "GET /api/conversations/1",
      "GET /api/conversations/1/messages?limit=50",
      "GET /api/conversations?view=open&limit=50",
    ]);
  });

  it("moves a tick on a receipt, and leaves the list alone", async () => {
    const { state, asked } = office();
    state.thread = [reply(9, "sent", { text: "Dạ" })];
    open("/conversations/1");
    await composer();
    await say(hello);
    await waitFor(() =>
      expect(asked.filter((url) => url.startsWith("GET /api/conversations?")).length).toBe(2),
    );
    asked.length = 0;
    state.thread = [reply(9, "seen", { text: "Dạ" })];
    const moved = { seq: 6, kind: "delivery.changed", conversation_id: 1, message_id: 9 };
    await say({ type: "events", cursor: 6, events: [moved] });
    await within(log()).findByText("Đã xem");
    expect(asked).toEqual(["GET /api/conversations/1/messages?limit=50"]);
  });

  it("says in the row that our last message did not go, and takes it back when it did", async () => {
    const ours = (delivery_state: Delivery["state"]) => {
      const row = conversation(1);
      const last = {
        id: 9,
        preview: "Dạ còn",
        direction: "out",
        author_name: me.name,
        delivery_state,
      } as const;
      return { ...row, last_message: row.last_message && { ...row.last_message, ...last } };
    };
    const { state, asked } = office(ours("sending"));
    open("/conversations/1");
    await composer();
    const row = (words: string) => screen.findByRole("link", { name: new RegExp(`Πελάτης 1.*${words}`) });
    await row("Bạn: *Dạ còn");
    await say(hello);
    await waitFor(() =>
      expect(asked.filter((url) => url.startsWith("GET /api/conversations?")).length).toBe(2),
    );
    asked.length = 0;
    let seq = 5;
    const moves = async (to: Delivery["state"]) => {
      state.rows[0] = ours(to);
      seq += 1;
      const moved = { seq, kind: "delivery.changed", conversation_id: 1, message_id: 9 };
      await say({ type: "events", cursor: seq, events: [moved] });
    };
    await moves("uncertain");
    await row("Chưa rõ khách đã nhận *Bạn: *Dạ còn");
    await moves("failed");
    await row("Chưa gửi được *Bạn: *Dạ còn");
    await moves("sent");
    await waitFor(() => expect(screen.queryByText("Chưa gửi được")).toBeNull());
    // What follows is only a receipt.
    await moves("seen");
    await moves("seen");
    expect(asked.filter((url) => !url.includes("/messages"))).toEqual(
      Array(3).fill("GET /api/conversations/1"),
    );
  });

  it("marks an open conversation read", async () => {
    const { asked } = office({ unread_count: 2 });
    open("/conversations/1");
    await waitFor(() => expect(asked).toContain("POST /api/conversations/1/read"));
    await waitFor(() => expect(screen.queryByText("Chưa đọc")).toBeNull());
  });

  it.each([
    ["zalo_oa", 0],
    ["zalo_personal", 1],
  ])(
    "says of what was read by others, of %s, %i times that it is open: customers may be told",
    async (channel, times) => {
      const { asked } = office({ unread_count: 0, account: { ...conversation(1).account, channel } });
      open("/conversations/1");
      await composer();
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect(asked.filter((one) => one === "POST /api/conversations/1/read")).toHaveLength(times);
    },
  );

  it("goes to the sign-in page when the session ends", async () => {
    office();
    open("/conversations/1");
    await composer();
    serve({
      "GET /api/session": { status: 401, body: {} },
      "GET /api/setup": { body: { needs_owner: false } },
    });
    await act(async () => FakeSocket.all.at(-1)?.breaks(4401));
    await screen.findByRole("heading", { name: "Đăng nhập" });
    expect(window.location.search).toContain("next=");
  });
});

describe("keyboard", () => {
  const key = (name: string) =>
    act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key: name }));

  it("walks the list, opens the composer, and comes back", async () => {
    office();
    open("/conversations/1");
    const input = await composer();
    await key("r");
    expect(document.activeElement).toBe(input);
    await key("Escape");
    expect(document.activeElement).not.toBe(input);
    await key("j");
    expect(document.activeElement?.textContent).toContain("Πελάτης 2");
    await key("ArrowUp");
    expect(document.activeElement?.textContent).toContain("Πελάτης 1");
    await key("Escape");
    await screen.findByText("Chọn một hội thoại để đọc");
  });
});

describe("what one may see", () => {
  it("shows no way to pages that are closed to this person", async () => {
    office();
    serve({
      "GET /api/session": { body: { ...me, permissions: [] } },
      "GET /api/conversations": { body: { items: [conversation(1)], next: null } },
      "GET /api/conversations/1": { body: conversation(1, { actions: [] }) },
      "GET /api/conversations/1/messages": { body: { items: [message(1)], next: null, gaps: [] } },
    });
    open("/conversations/1");
    await screen.findByText("Μήνυμα 1");
    expect(screen.queryByRole("link", { name: "Tài khoản kênh" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Tin chờ xử lý lỗi" })).toBeNull();
    expect(screen.queryByRole("textbox")).toBeNull();
  });
});
