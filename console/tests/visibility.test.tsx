import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Contact, ConversationDetail, Me } from "../src/api/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { ago, contact, conversation, me, message, note } from "./fixtures";
import { serve } from "./server";
import { setWidth } from "./setup";

const lan = { id: 5, name: "Lê Thị Lan" };
const duc = { id: 6, name: "Đỗ Đức" };
const gone = { status: 404, body: { title: "Không có" } };

type Options = { change?: Partial<ConversationDetail>; card?: Partial<Contact>; person?: Partial<Me> };

/** Two conversations, of which the first is open; `state.hidden` takes it away, as the server would. */
function office({ change = {}, card = {}, person = {} }: Options = {}) {
  const state = { hidden: false, claim: { status: 204 } as { status: number; body?: unknown } };
  const sent: { messages: unknown[]; notes: unknown[]; custodians: unknown[]; reveals: number } = {
    messages: [],
    notes: [],
    custodians: [],
    reveals: 0,
  };
  const rows = () => [...(state.hidden ? [] : [conversation(1, change)]), conversation(2)];
  const asked = serve({
    "GET /api/session": { body: { ...me, ...person } },
    "GET /api/conversations": () => ({ body: { items: rows(), next: null } }),
    "GET /api/conversations/1": () => (state.hidden ? gone : { body: conversation(1, change) }),
    "GET /api/conversations/1/messages": () =>
      state.hidden ? gone : { body: { items: [message(1)], next: null, gaps: [] } },
    "GET /api/conversations/1/notes": { body: { items: [note(1, { author: lan })], next: null } },
    "GET /api/contacts/1": { body: contact(1, card) },
    "GET /api/contacts/1/conversations": { body: { items: null, count: 2, custodians: [lan] } },
    "GET /api/staff/choices": { body: { items: [lan, duc, { id: me.id, name: me.name }] } },
    "POST /api/conversations/1/messages": async (request) => {
      sent.messages.push(await request.json());
      return "never" as const;
    },
    "POST /api/conversations/1/notes": async (request) => {
      const body = (await request.json()) as { text: string };
      sent.notes.push(body);
      return { status: 201, body: note(2, { text: body.text, created_at: ago(0) }) };
    },
    "DELETE /api/notes/*": { status: 204 },
    "POST /api/contacts/1/reveal": () => {
      sent.reveals += 1;
      return { body: { phones: ["+84912345678"], emails: [], details_phone: null } };
    },
    "POST /api/conversations/1/claim": () => state.claim,
    "PUT /api/conversations/1/custodian": async (request) => {
      sent.custodians.push(await request.json());
      state.hidden = true;
      return { status: 204 };
    },
  });
  open("/conversations/1");
  return { state, sent, asked };
}

const click = async (element: HTMLElement) => act(async () => void fireEvent.click(element));
const write = (input: HTMLElement, value: string) =>
  act(async () => {
    input.focus();
    fireEvent.change(input, { target: { value } });
  });
const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  act(async () => void fireEvent.keyDown(target, { key, keyCode: 13, ...more }));
const say = (...events: object[]) =>
  act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 9, events }));
const composer = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Tin nhắn cho khách" });
const noteField = () => screen.findByRole<HTMLTextAreaElement>("combobox", { name: "Ghi chú nội bộ" });
const LOST = "Hội thoại này không còn trong phạm vi của bạn";

beforeEach(() => speak("vi", vi));

describe("a conversation that goes out of sight", () => {
  const hide = async (state: { hidden: boolean }) => {
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));
    state.hidden = true;
    await say({ seq: 6, kind: "conversation.hidden", conversation_id: 1 });
  };

  it("is gone at once, with its row and what was begun in it", async () => {
    const { state, asked } = office();
    await write(await composer(), "Chào chị");
    await waitFor(() => expect(localStorage.getItem("sokhach.draft.1.1")).toBe("Chào chị"));
    asked.length = 0;
    await hide(state);
    // Before anything is read: what is known is enough.
    expect(screen.getByText(LOST)).toBeTruthy();
    expect(screen.queryByRole("log")).toBeNull();
    expect(screen.queryByRole("link", { name: /Πελάτης 1/ })).toBeNull();
    expect(screen.getByRole("link", { name: /Πελάτης 2/ })).toBeTruthy();
    await waitFor(() => expect(asked.some((one) => one.startsWith("GET /api/conversations?"))).toBe(true));
    expect(localStorage.getItem("sokhach.draft.1.1")).toBeNull();
    expect(asked.filter((one) => one.startsWith("GET /api/conversations/1"))).toEqual([]);
  });

  it("leads a phone back to the list, which says why", async () => {
    setWidth(390);
    const { state } = office();
    await composer();
    await hide(state);
    await screen.findByRole("link", { name: /Πελάτης 2/ });
    expect(screen.getByText(LOST).closest("[role=status]")).not.toBeNull();
    expect(window.location.pathname).toBe("/conversations");
  });

  it("is gone too when a later reading says so", async () => {
    const { state } = office();
    await composer();
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));
    state.hidden = true;
    await say({ seq: 6, kind: "everything.changed" });
    await screen.findByText(LOST);
    expect(screen.queryByRole("log")).toBeNull();
  });

  it("is gone for whoever gave it away", async () => {
    const { sent } = office();
    await composer();
    await click(screen.getByRole("button", { name: "Chuyển khách" }));
    const field = await screen.findByRole("combobox", { name: "Chuyển cho" });
    await write(field, "duc");
    await screen.findByRole("option", { name: "Đỗ Đức" });
    // The Enter that ends a composition is the input method's.
    await press(field, "Enter", { isComposing: true });
    expect(screen.queryByRole("button", { name: "Chuyển cho Đỗ Đức" })).toBeNull();
    await press(field, "Enter");
    await write(screen.getByLabelText(/^Lời nhắn/), "khách quen của Đức");
    await click(screen.getByRole("button", { name: "Chuyển cho Đỗ Đức" }));
    await screen.findByText(LOST);
    expect(sent.custodians).toEqual([{ staff_id: 6, note: "khách quen của Đức" }]);
  });
});

describe("a customer of the pool", () => {
  const pool: Options = {
    change: { access: "pool", actions: ["claim", "note", "reply"], custodian: null },
    card: { level: "pool" },
  };

  it("is no more than a name until somebody takes them", async () => {
    const { asked } = office(pool);
    await composer();
    expect(screen.getByRole("button", { name: "Nhận khách để xem hồ sơ" })).toBeTruthy();
    expect(screen.queryByRole("region", { name: "Nhãn" })).toBeNull();
    await click(screen.getByRole("button", { name: "Nhận khách" }));
    await waitFor(() => expect(asked).toContain("POST /api/conversations/1/claim"));
  });

  it("tells whoever was second who was first", async () => {
    const { state } = office(pool);
    await composer();
    state.claim = {
      status: 409,
      body: { title: "Đã có người nhận", detail: "Lan đã nhận khách này trước." },
    };
    state.hidden = true;
    await click(screen.getByRole("button", { name: "Nhận khách" }));
    await screen.findByText("Lan đã nhận khách này trước.");
    expect(screen.queryByRole("log")).toBeNull();
  });
});

describe("masked numbers", () => {
  const masked: Options = {
    change: { access: "masked", actions: ["note", "reply", "reveal"] },
    card: { level: "masked", phones: [{ id: 1, text: "•••• 678", masked: true }] },
  };

  it("are shown when they are asked for, and said to be recorded", async () => {
    const { sent } = office(masked);
    await screen.findByText("•••• 678");
    expect(screen.queryByRole("link", { name: /0912/ })).toBeNull();
    expect(screen.getByText(/ghi vào nhật ký/)).toBeTruthy();
    expect(screen.getByText("Còn 2 hội thoại khác, do Lê Thị Lan phụ trách.")).toBeTruthy();
    await click(screen.getByRole("button", { name: "Hiện số" }));
    const number = await screen.findByRole("link", { name: "0912 345 678" });
    expect(number.getAttribute("href")).toBe("tel:+84912345678");
    expect(screen.queryByText("•••• 678")).toBeNull();
    expect(sent.reveals).toBe(1);
  });

  it("stay masked for who may not have them", async () => {
    office({ ...masked, change: { access: "full", actions: [] }, person: { role: "auditor" } });
    await screen.findByText("•••• 678");
    expect(screen.queryByRole("button", { name: "Hiện số" })).toBeNull();
  });
});

describe("internal notes", () => {
  it("stand in the thread as what they are", async () => {
    office();
    const row = await screen.findByRole("article");
    expect(row.textContent).toContain("Ghi chú nội bộ");
    expect(row.textContent).toContain("Σημείωση 1");
    // Of a colleague: not ours to take back.
    expect(within(row).queryByRole("button")).toBeNull();
  });

  it("never go to the customer, nor a message to colleagues", async () => {
    const { sent } = office();
    const reply = await composer();
    await write(reply, "Dạ em chào chị");
    await press(reply, "/", { ctrlKey: true });
    const field = await noteField();
    expect(field.value).toBe("");
    expect(document.activeElement).toBe(field);
    expect(screen.queryByRole("button", { name: "Gửi" })).toBeNull();
    await write(field, "khách này hay trả hàng");
    await press(field, "Enter", { isComposing: true });
    expect(sent.notes).toEqual([]);
    await press(field, "Enter");
    await waitFor(() => expect(sent.notes).toEqual([{ text: "khách này hay trả hàng", mention_ids: [] }]));
    await screen.findByText("khách này hay trả hàng");
    expect(sent.messages).toEqual([]);

    await click(screen.getByRole("tab", { name: "Trả lời" }));
    expect((await composer()).value).toBe("Dạ em chào chị");
    await press(await composer(), "Enter");
    await waitFor(() => expect(sent.messages).toMatchObject([{ text: "Dạ em chào chị" }]));
    expect(sent.notes).toHaveLength(1);
  });

  it("keep what was begun, and say so beside the reply", async () => {
    office();
    await composer();
    await press(document.body, "g");
    await write(await noteField(), "viết dở");
    await waitFor(() => expect(localStorage.getItem("sokhach.note.1.1")).toBe("viết dở"));
    expect(localStorage.getItem("sokhach.draft.1.1")).toBeNull();
    await click(screen.getByRole("tab", { name: "Trả lời" }));
    await composer();
    await click(screen.getByRole("tab", { name: /Có ghi chú viết dở/ }));
    expect((await noteField()).value).toBe("viết dở");
  });

  it("name colleagues, found without their marks and taken by the keyboard", async () => {
    const { sent } = office();
    await composer();
    await press(document.body, "g");
    const field = await noteField();
    await write(field, "@du");
    await screen.findByRole("option", { name: "Đỗ Đức" });
    expect(field.getAttribute("aria-expanded")).toBe("true");
    await press(field, "Enter", { keyCode: 229 });
    expect(sent.notes).toEqual([]);
    await press(field, "Tab");
    expect(field.value).toBe("@Đỗ Đức ");
    await screen.findByText(/Đỗ Đức sẽ đọc được hội thoại này/);
    await write(field, "@Đỗ Đức xem giúp, @l");
    await screen.findByRole("option", { name: "Lê Thị Lan" });
    // Whoever thinks better of it goes on writing.
    await press(field, "Escape");
    expect(screen.queryByRole("option")).toBeNull();
    await press(field, "Enter");
    await waitFor(() => expect(sent.notes).toEqual([{ text: "@Đỗ Đức xem giúp, @l", mention_ids: [6] }]));
  });

  it("are taken back by their author, and leave a trace", async () => {
    office();
    await composer();
    await press(document.body, "g");
    await write(await noteField(), "nhầm");
    await press(await noteField(), "Enter");
    await screen.findByText("nhầm");
    await click(screen.getByRole("button", { name: "Xóa ghi chú" }));
    await click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Xóa ghi chú" }));
    await screen.findByText("Bạn đã xóa ghi chú này.");
    expect(screen.queryByText("nhầm")).toBeNull();
  });
});

describe("an episode", () => {
  const buttons = () => screen.queryAllByRole("button", { name: /Kết thúc phiên|Mở lại phiên/ });

  it.each([
    ["goes on", { episode_open: true }, ["Kết thúc phiên"]],
    ["has ended", { episode_open: false }, ["Mở lại phiên"]],
    ["is none where nothing was said yet", { episode_open: false, last_message: null }, []],
  ])("%s", async (_, change, shown) => {
    office({ change });
    await screen.findByRole("log");
    expect(buttons().map((one) => one.textContent)).toEqual(shown);
  });
});

describe("an auditor", () => {
  it("reads, and finds nothing to change", async () => {
    const { asked } = office({
      change: { actions: [], unread_count: 3 },
      person: { role: "auditor", permissions: [] },
    });
    await screen.findByText(/Chỉ đọc/);
    await screen.findByRole("log");
    for (const role of ["textbox", "combobox"])
      expect(within(screen.getByRole("main")).queryByRole(role)).toBeNull();
    expect(screen.queryByRole("button", { name: "Kết thúc phiên" })).toBeNull();
    await press(document.body, "e");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(asked.filter((one) => !one.startsWith("GET "))).toEqual([]);
  });
});
