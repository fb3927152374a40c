import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { ConversationDetail, Message } from "../src/api/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { ago, attachment, contact, conversation, me, message, reply, replying } from "./fixtures";
import { serve } from "./server";

type Post = { client_id: string; text?: string; quote_message_id?: number; mentions?: unknown[] };

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
    "POST /api/messages/*/recall": () => {
      const recalled = { ...(thread[0] as Message), recalled: { at: ago(0), by: "staff" as const } };
      state.thread = [recalled];
      return { body: recalled };
    },
    "GET /api/conversations/1/participants": {
      body: {
        items: [
          { identity_id: 7, name: "Lê Lan", avatar_url: null },
          { identity_id: 8, name: "Đỗ Đức", avatar_url: null },
          { identity_id: 10, name: "2000000000000000002", avatar_url: null },
          ...[4, 5, 6, 7, 8, 9].map((n) => ({ identity_id: n + 100, name: `Μέλος ${n}`, avatar_url: null })),
        ],
      },
    },
    "POST /api/conversations/1/typing": { status: 204 },
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

describe("a personal account", () => {
  const personal: Partial<ConversationDetail> = {
    account: { id: 4, name: "Ζάλο", channel: "zalo_personal" },
    reply: replying({ can: ["text", "quote", "recall", "mention", "typing"] }),
  };

  it("keeps a recalled message for who may read it, struck out and said to be recalled", async () => {
    desk([message(7, { text: "Giá bao nhiêu", recalled: { at: ago(5), by: "customer" } })], personal);
    await composer();
    const words = await within(log()).findByText("Giá bao nhiêu");
    expect(words.closest("[data-recalled]")).not.toBeNull();
    expect(log().textContent).toContain("Khách đã thu hồi lúc 09:55");
    expect(screen.queryByRole("button", { name: "Trả lời tin này" })).toBeNull();
  });

  it("leaves the others a plain line", async () => {
    desk([message(7, { text: null, recalled: { at: ago(5), by: "customer" } })], personal);
    await composer();
    await within(log()).findByText("Khách đã thu hồi tin nhắn này");
    expect(log().textContent).not.toContain("chưa hiển thị được");
  });

  it("takes one's own message back after one more question", async () => {
    const { asked } = desk([reply(7, "sent", { text: "Nhầm khách", can_recall: true })], personal);
    await composer();
    await click(await screen.findByRole("button", { name: "Thu hồi" }));
    expect(asked).not.toContain("POST /api/messages/7/recall");
    await click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Thu hồi" }));
    await waitFor(() => expect(log().textContent).toContain("Đã thu hồi lúc"));
    expect(screen.queryByRole("button", { name: "Thu hồi" })).toBeNull();
  });

  it("offers no recall of what cannot be recalled", async () => {
    desk([reply(7, "sent", { can_recall: false })], personal);
    await composer();
    await screen.findByRole("button", { name: "Sao chép" });
    expect(screen.queryByRole("button", { name: "Thu hồi" })).toBeNull();
  });

  it("says what was typed on the phone", async () => {
    desk(
      [
        message(7, {
          direction: "out",
          from_phone: true,
          author: { kind: "staff", id: 9, name: "Lan", avatar_url: null },
        }),
      ],
      personal,
    );
    await composer();
    await within(log()).findByText("Gửi từ điện thoại");
  });

  it("shows who writes just now, until their message comes", async () => {
    desk([message(7)], personal);
    await composer();
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));
    // Such a notice has no place in the order of events.
    const typing = { kind: "conversation.typing", conversation_id: 1, name: "Hoa" };
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 5, events: [typing] }));
    await screen.findByText("Hoa đang nhập…");
    const changed = { seq: 6, kind: "conversation.changed", conversation_id: 1, message_ids: [7] };
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 6, events: [changed] }));
    expect(screen.queryByText("Hoa đang nhập…")).toBeNull();
  });

  it("names members of a group, found without their marks, and says whom it named", async () => {
    const { posts } = desk([message(7)], { ...personal, kind: "group", contact: null });
    const input = await screen.findByRole<HTMLTextAreaElement>("combobox", { name: "Tin nhắn cho khách" });
    const type = (value: string) =>
      act(async () => {
        input.focus();
        fireEvent.change(input, { target: { value } });
      });
    await type("Chào @duc");
    await screen.findByRole("option", { name: "Đỗ Đức" });
    await act(async () => void fireEvent.keyDown(input, { key: "Enter", keyCode: 13 }));
    expect(input.value).toBe("Chào @Đỗ Đức ");
    expect(posts).toEqual([]);
    await type("Chào @Đỗ Đức và @All");
    await act(async () => void fireEvent.keyDown(input, { key: "Escape" }));
    await act(async () => void fireEvent.keyDown(input, { key: "Enter", keyCode: 13 }));
    await waitFor(() =>
      expect(posts).toMatchObject([
        {
          text: "Chào @Đỗ Đức và @All",
          mentions: [
            { identity_id: 8, pos: 5, len: 7 },
            { identity_id: null, pos: 16, len: 4 },
          ],
        },
      ]),
    );
  });

  it("shows who is in a group, whether they wrote or not", async () => {
    desk([message(7)], { ...personal, kind: "group", contact: null });
    const members = await screen.findByRole("region", { name: "Thành viên" });
    within(members).getByRole("heading", { name: "Thành viên (9)" });
    within(members).getByText("Chưa rõ tên");
    expect(within(members).queryByText("Μέλος 9")).toBeNull();
    await act(
      async () => void fireEvent.click(within(members).getByRole("button", { name: "Xem cả 9 người" })),
    );
    within(members).getByText("Μέλος 9");
  });

  it("highlights names in what was said, oneself most of all", async () => {
    desk(
      [message(7, { text: "Nhờ @Lan với", mentions: [{ name: "Lan", me: true, pos: 4, len: 4 }] })],
      personal,
    );
    await composer();
    const name = await within(log()).findByText("@Lan");
    expect(name.tagName).toBe("STRONG");
    expect(name.dataset.me).toBe("true");
  });

  it("tells the customer that somebody writes, at most now and then", async () => {
    const { asked } = desk([message(7)], personal);
    const input = await composer();
    for (const value of ["D", "Dạ", "Dạ c"])
      await act(async () => void fireEvent.change(input, { target: { value } }));
    expect(asked.filter((one) => one.startsWith("POST /api/conversations/1/typing"))).toHaveLength(1);
  });

  it("says why a message will wait, and lets it be written", async () => {
    const waits = { text: "Ngoài giờ. Tin sẽ tự gửi lúc 7:00.", until: ago(-600) };
    desk([message(7)], { ...personal, reply: replying({ waits }) });
    const input = await composer();
    expect(input.disabled).toBe(false);
    expect(screen.getByText(/tự gửi lúc 7:00/)).toBeTruthy();
  });

  it("leads to the personal account that stopped", async () => {
    desk([message(7)], { ...personal, reply: replying({ blocked: true, reason: "Mất kết nối từ 9:12" }) });
    await composer();
    const link = screen.getByRole("link", { name: "Xem tài khoản Ζάλο" });
    expect(link.getAttribute("href")).toBe("/personal-accounts/4");
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
