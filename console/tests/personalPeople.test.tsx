import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Me } from "../src/api/types";
import type { FriendRequest } from "../src/channels/personal/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { contact, conversation } from "./fixtures";
import { begins, click, company, hears, write } from "./personalCompany";
import { friendRequest, holder, personalPage } from "./personalFixtures";

beforeEach(() => speak("vi", vi));

describe("requests of friendship", () => {
  const REQUESTS = "/api/personal-accounts/1/friend-requests";
  function desk(
    items: FriendRequest[],
    refused: { status: number; body: unknown } | null = null,
    person: Partial<Me> = {},
  ) {
    const told = { items };
    const made = company(
      [],
      {
        "GET /api/personal-accounts/1": { body: personalPage(1) },
        [`GET ${REQUESTS}`]: () => ({ body: told }),
        [`POST ${REQUESTS}/*/answer`]: async (request) => {
          const { answer } = (await request.json()) as { answer: "accept" | "reject" | "undo" };
          const uid = new URL(request.url).pathname.split("/").at(-2) ?? "";
          made.sent.push({ path: uid, body: answer });
          if (refused) return refused;
          told.items = told.items.map((one) =>
            one.person === uid ? { ...one, state: "asked", answer } : one,
          );
          return { body: told.items.find((one) => one.person === uid) };
        },
      },
      person,
    );
    open("/personal-accounts/1");
    return { ...made, told };
  }
  const list = () => screen.findByRole("list", { name: "Lời mời kết bạn" });

  it("accepts one, and follows it until they are friends", async () => {
    const { sent, told } = desk([friendRequest()]);
    const row = within(await list()).getByRole("listitem", { name: "Μαρία" });
    expect(within(row).getByText("Γεια σας")).toBeTruthy();
    expect(within(row).getByRole("link").getAttribute("href")).toContain("/conversations/9");
    await begins();
    await click(within(row).getByRole("button", { name: "Đồng ý kết bạn với Μαρία" }));
    await within(row).findByText("Đang đồng ý…");
    expect(within(row).queryByRole("button")).toBeNull();
    expect(sent).toEqual([{ path: "77", body: "accept" }]);
    told.items = [friendRequest({ state: "accepted" })];
    await hears({ seq: 6, kind: "personal_account.changed", id: 1 });
    await within(row).findByText("Đã là bạn bè trên Zalo");
  });

  it("declines theirs, and takes back one's own", async () => {
    const { sent } = desk([
      friendRequest(),
      friendRequest({ person: "78", name: "Νίκος", direction: "out", note: null, conversation_id: null }),
    ]);
    await click(await screen.findByRole("button", { name: "Từ chối lời mời của Μαρία" }));
    await click(screen.getByRole("button", { name: "Thu hồi lời mời gửi Νίκος" }));
    await screen.findByText("Đang thu hồi…");
    expect(sent.map(({ path, body }) => [path, body])).toEqual([
      ["77", "reject"],
      ["78", "undo"],
    ]);
  });

  it("says why one waits, why it failed, and that one is gone", async () => {
    desk([
      friendRequest({ person: "1", name: "Α", state: "asked", answer: "accept", error: "Αναμονή" }),
      friendRequest({ person: "2", name: "Β", state: "failed", answer: "accept", error: "Αποτυχία" }),
      friendRequest({
        person: "3",
        name: "Γ",
        state: "gone",
        answer: "accept",
        error: "Lời mời này không còn trên Zalo",
      }),
      friendRequest({ person: "4", name: "Δ", state: "withdrawn" }),
    ]);
    const of = async (name: string) => within(within(await list()).getByRole("listitem", { name }));
    (await of("Α")).getByText("Αναμονή");
    (await of("Β")).getByText("Αποτυχία");
    expect((await of("Β")).getAllByRole("button")).toHaveLength(2);
    (await of("Γ")).getByText(/không còn trên Zalo/);
    (await of("Δ")).getByText("Khách đã thu hồi lời mời");
    expect((await of("Γ")).queryByRole("button")).toBeNull();
  });

  it("tells what was refused, and looks again", async () => {
    const { told } = desk([friendRequest()], {
      status: 409,
      body: {
        type: "urn:sokhach:problem:friend-request-gone",
        title: "Λήξη",
        detail: "Απαντήθηκε",
        status: 409,
      },
    });
    const accept = await screen.findByRole("button", { name: "Đồng ý kết bạn với Μαρία" });
    told.items = [friendRequest({ state: "declined" })];
    await click(accept);
    await screen.findByText("Đã từ chối");
    expect(screen.queryByRole("button", { name: "Đồng ý kết bạn với Μαρία" })).toBeNull();
  });

  it("is nobody's but the holder's and the administrators'", async () => {
    const { asked } = desk([friendRequest()], null, {
      role: "manager",
      permissions: ["channel_account:read"],
    });
    await screen.findByRole("heading", { name: "Hạn mức trong ngày" });
    expect(screen.queryByRole("heading", { name: "Lời mời kết bạn" })).toBeNull();
    expect(asked.some((one) => one.includes("friend-requests"))).toBe(false);
  });
});

describe("finding by phone", () => {
  const found = {
    uid: "77",
    name: "Μαρία",
    avatar_url: null,
    friend: false,
    requested: false,
    conversation_id: null,
  };
  const empty = conversation(9, { last_message: null, message_count: 0, unread_count: 0 });
  function desk(result: unknown, next: unknown = null, page = personalPage(1)) {
    let asked = 0;
    const answers = [result, next];
    const made = company([], {
      "GET /api/personal-accounts/1": { body: page },
      "GET /api/conversations": { body: { items: [empty], next: null } },
      "GET /api/conversations/9": { body: empty },
      "GET /api/contacts/9": { body: contact(9) },
      "GET /api/conversations/9/messages": { body: { items: [], gaps: [], next: null } },
      "POST /api/personal-calls/*/conversation": (request) => {
        made.sent.push({ path: new URL(request.url).pathname, body: null });
        asked += 1;
        return { status: 201, body: { id: asked } };
      },
      "POST /api/personal-accounts/1/calls": async (request) => {
        made.sent.push({ path: "calls", body: await request.json() });
        asked += 1;
        return { status: 201, body: { id: asked } };
      },
      "GET /api/personal-calls/*": (request) => {
        const id = Number(request.url.split("/").at(-1));
        return { body: { state: "done", result: answers[id - 1], error: null } };
      },
    });
    open("/personal-accounts/1");
    return made;
  }
  const find = async (number: string) => {
    await click(await screen.findByRole("button", { name: "Tìm theo số điện thoại" }));
    const dialog = await screen.findByRole("dialog");
    await write(within(dialog).getByLabelText("Số điện thoại của khách"), number);
    await click(within(dialog).getByRole("button", { name: "Tìm" }));
    return dialog;
  };

  it("offers to become friends, with words of one's own", async () => {
    const { sent } = desk(found);
    const dialog = await find("0912 345 678");
    await within(dialog).findByText("Chưa là bạn trên Zalo");
    expect(sent[0]?.body).toEqual({ op: "find_phone", arguments: { phone: "0912345678" } });
    await write(within(dialog).getByLabelText("Lời chào"), "Em chào chị ạ");
    await click(within(dialog).getByRole("button", { name: "Gửi lời mời kết bạn" }));
    await within(dialog).findByText("Đã gửi lời mời kết bạn");
    expect(sent[1]?.body).toEqual({ op: "friend_request", arguments: { uid: "77", text: "Em chào chị ạ" } });
  });

  it("begins a conversation, in which nothing is said yet", async () => {
    const { sent } = desk(found, { conversation_id: 9 });
    const dialog = await find("0912 345 678");
    await click(await within(dialog).findByRole("button", { name: "Bắt đầu hội thoại" }));
    await screen.findByText("Chưa có tin nhắn nào");
    expect(window.location.pathname).toBe("/conversations/9");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(sent.map(({ path }) => path)).toEqual(["calls", "/api/personal-calls/1/conversation"]);
  });

  it("opens the conversation that there is", async () => {
    const { sent } = desk({ ...found, conversation_id: 9 });
    const dialog = await find("0912 345 678");
    await click(await within(dialog).findByRole("link", { name: "Mở hội thoại" }));
    await screen.findByText("Chưa có tin nhắn nào");
    expect(sent).toHaveLength(1);
  });

  it("leaves it to the holder whom their own number serves", async () => {
    desk(found, null, personalPage(1, { sim: "own", holder }));
    const dialog = await find("0912 345 678");
    await within(dialog).findByText(/Chỉ .* mới bắt đầu hội thoại bằng số này được/);
    expect(within(dialog).queryByRole("button", { name: "Bắt đầu hội thoại" })).toBeNull();
  });

  it("says that there is nobody, and asks for nothing that is no number", async () => {
    const { sent } = desk(null);
    const dialog = await find("09123");
    expect(sent).toEqual([]);
    await write(within(dialog).getByLabelText("Số điện thoại của khách"), "+84912345678");
    await click(within(dialog).getByRole("button", { name: "Tìm" }));
    await within(dialog).findByText(/Không thấy ai/);
  });
});
