import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationDetail, Message } from "../src/api/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { attachment, contact, conversation, me, message, reply, replying } from "./fixtures";
import { serve } from "./server";

type Post = { client_id: string; text?: string; quote_message_id?: number };

/** One conversation, and a server that keeps what is sent to it. */
function desk(thread: Message[], change: Partial<ConversationDetail> = {}) {
  const posts: Post[] = [];
  const reactions: unknown[] = [];
  const state = { thread };
  const asked = serve({
    "GET /api/session": { body: me },
    "GET /api/conversations": { body: { items: [conversation(1, change)], next: null } },
    "GET /api/conversations/1": { body: conversation(1, change) },
    "GET /api/contacts/1": { body: contact(1) },
    "GET /api/tags": { body: { items: [{ id: 3, name: "Đại lý", colour: "teal" }] } },
    "GET /api/conversations/1/messages": (request) => {
      const ids = new URL(request.url).searchParams.get("ids")?.split(",").map(Number);
      const items = ids ? state.thread.filter((one) => ids.includes(one.id)) : state.thread;
      return { body: { items, next: null, gaps: [] } };
    },
    "POST /api/conversations/1/messages": async (request) => {
      const body = (await request.json()) as Post;
      posts.push(body);
      const saved = reply(100, "queued", { client_id: body.client_id, text: body.text ?? null });
      return { status: 201, body: { items: [saved] } };
    },
    "POST /api/messages/*/reactions": async (request) => {
      const { icon } = (await request.json()) as { icon: string };
      reactions.push(icon);
      return { body: { ...thread[0], reactions: [{ icon, count: 1, names: [me.name], mine: true }] } };
    },
    "DELETE /api/messages/*/reactions": () => {
      reactions.push(null);
      return { body: thread[0] };
    },
    "POST /api/contacts/1/tags": async (request) => {
      const { name } = (await request.json()) as { name: string };
      return { body: { items: [{ id: 3, name, colour: "teal" }] } };
    },
    "DELETE /api/contacts/1/tags/3": { body: { items: [] } },
  });
  open("/conversations/1");
  return { posts, reactions, state, asked };
}

const composer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Tin nhắn cho khách" });
const log = () => screen.getByRole("log");
const click = async (element: HTMLElement) => act(async () => void fireEvent.click(element));

beforeEach(() => speak("vi", vi));

describe("a message", () => {
  it("is quoted by the next one, until somebody thinks better of it", async () => {
    const { posts } = desk([message(7, { text: "Còn hàng không" })]);
    const input = await composer();
    await click(await screen.findByRole("button", { name: "Trả lời tin này" }));
    expect(screen.getByText("Trả lời Πελάτης 1")).toBeTruthy();
    expect(document.activeElement).toBe(input);
    await act(async () => void fireEvent.keyDown(input, { key: "Escape" }));
    expect(screen.queryByText("Trả lời Πελάτης 1")).toBeNull();

    await click(screen.getByRole("button", { name: "Trả lời tin này" }));
    await act(async () => void fireEvent.change(input, { target: { value: "Còn ạ" } }));
    await act(async () => void fireEvent.keyDown(input, { key: "Enter", keyCode: 13 }));
    await waitFor(() => expect(posts).toMatchObject([{ text: "Còn ạ", quote_message_id: 7 }]));
    expect(screen.queryByText("Trả lời Πελάτης 1")).toBeNull();
  });

  it("takes a reaction, and gives it back", async () => {
    const { reactions } = desk([message(7)]);
    await composer();
    await click(await screen.findByRole("button", { name: "Thả cảm xúc" }));
    await click(screen.getByRole("button", { name: "Yêu thích" }));
    const chip = await within(log()).findByRole("button", { name: `❤️ ${me.name}` });
    expect(chip.getAttribute("aria-pressed")).toBe("true");
    await click(chip);
    await waitFor(() => expect(reactions).toEqual(["/-heart", null]));
    await waitFor(() => expect(within(log()).queryByText("❤️")).toBeNull());
  });

  it("offers only what the channel takes here", async () => {
    desk([message(7)], { reply: replying({ can: ["text"] }) });
    await composer();
    expect(await screen.findByRole("button", { name: "Sao chép" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Trả lời tin này" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Đính kèm ảnh hoặc tệp" })).toBeNull();
  });

  it("is read again alone when its file has come", async () => {
    const waiting = message(7, {
      kind: "image",
      text: null,
      attachments: [attachment("image", { state: "pending", url: null, state_text: "Đang tải ảnh" })],
    });
    const { state, asked } = desk([waiting]);
    await screen.findByText("Đang tải ảnh");
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));
    await waitFor(() =>
      expect(asked.filter((url) => url.startsWith("GET /api/conversations?")).length).toBe(2),
    );
    asked.length = 0;
    state.thread = [{ ...waiting, attachments: [attachment("image")] }];
    const changed = { seq: 6, kind: "message.changed", conversation_id: 1, message_ids: [7] };
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 6, events: [changed] }));
    await within(log()).findByRole("button", { name: "Xem ảnh" });
    expect(asked).toEqual(["GET /api/conversations/1/messages?ids=7"]);
  });
});

describe("an account that cannot send", () => {
  it("closes the composer with the reason and the way to the account", async () => {
    desk([message(7)], {
      reply: replying({ blocked: true, reason: "Zalo đã thu hồi quyền từ 9:12." }),
    });
    const input = await composer();
    expect(input.disabled).toBe(true);
    expect(screen.getByText(/thu hồi quyền từ 9:12/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Xem tài khoản Σου Βιν" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Gửi tin mẫu" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Trả lời tin này" })).toBeNull();
  });
});

describe("tags", () => {
  it("are added by their first letters and taken off", async () => {
    desk([message(7)]);
    await click(await screen.findByRole("button", { name: "Thêm nhãn" }));
    const field = screen.getByRole("combobox", { name: "Nhãn mới" });
    await act(async () => void fireEvent.change(field, { target: { value: "dai" } }));
    await screen.findByRole("option", { name: "Đại lý" });
    await act(async () => void fireEvent.keyDown(field, { key: "Enter" }));
    await click(await screen.findByRole("button", { name: "Bỏ nhãn Đại lý" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Bỏ nhãn Đại lý" })).toBeNull());
  });
});
