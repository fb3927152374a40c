import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi as time } from "vitest";
import type { HistoryImport } from "../src/api/history";
import { messages as vi } from "../src/locales/vi.po";
import { account } from "./adminFixtures";
import { open, speak } from "./app";
import { FakeSocket } from "./fakeSocket";
import { ago, me } from "./fixtures";
import { checkedImport, counts, importPage, importRow, undoing } from "./importFixtures";
import { type Routes, serve } from "./server";

const click = async (element: HTMLElement) => act(async () => void fireEvent.click(element));
const choose = (name: string | RegExp, value: string) =>
  act(async () => void fireEvent.change(screen.getByRole("combobox", { name }), { target: { value } }));
const hears = (...events: object[]) =>
  act(async () => FakeSocket.all.at(-1)?.says({ type: "events", cursor: 9, events }));

const ONE = "GET /api/history-imports/1";

/** A server with one file, which remembers what it was told. */
function company(found: HistoryImport, more: Routes = {}) {
  const state = { found };
  const sent: { path: string; body: unknown }[] = [];
  const takes = (change: Partial<HistoryImport>) => async (request: Request) => {
    const text = await request.text();
    sent.push({ path: new URL(request.url).pathname, body: text ? JSON.parse(text) : null });
    state.found = { ...state.found, ...change };
    return { body: state.found };
  };
  const asked = serve({
    "GET /api/session": { body: me },
    "GET /api/channel-accounts": { body: { items: [account(1), account(2)], next: null } },
    "GET /api/staff/choices": { body: { items: [{ id: 5, name: "Λαν" }] } },
    "GET /api/history-imports": () => ({ body: { items: [state.found], next: null } }),
    [ONE]: () => ({ body: state.found }),
    "POST /api/history-imports/1/preview": takes({ state: "checking", progress: 0.2 }),
    "POST /api/history-imports/1/start": takes({ state: "running", started_at: ago(0), progress: 0 }),
    "POST /api/history-imports/1/undo": takes({ state: "undoing", gone: null }),
    "GET /api/history-imports/1/undo": { body: undoing },
    ...more,
  });
  return { state, sent, asked };
}

/** An upload whose end the test decides. */
class FakeUpload extends EventTarget {
  static last: FakeUpload;
  upload: { onprogress?: (event: object) => void } = {};
  onload?: () => void;
  onabort?: () => void;
  status = 0;
  responseText = "";
  sent: FormData | undefined;
  open(): void {
    FakeUpload.last = this;
  }
  setRequestHeader(): void {}
  send(form: FormData): void {
    this.sent = form;
  }
  abort(): void {
    this.onabort?.();
  }
  answers(status: number, body: unknown): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }
}

beforeEach(() => speak("vi", vi));

describe("the list of imports", () => {
  const give = (name: string) =>
    act(async () => {
      const input = document.querySelector("input[type=file]") as HTMLInputElement;
      fireEvent.change(input, { target: { files: [new File(["a;b"], name)] } });
    });

  beforeEach(() => void time.stubGlobal("XMLHttpRequest", FakeUpload));

  it("sends a file, tells how far that is, and leads to what is to be said of it", async () => {
    company(importPage(1));
    open("/history-imports");
    await screen.findByRole("heading", { name: "Tệp CSV hoặc JSON" });
    await give("cu.csv");
    await act(async () =>
      FakeUpload.last.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 2 }),
    );
    expect(screen.getByText("Đang tải lên cu.csv…")).toBeTruthy();
    expect(FakeUpload.last.sent?.get("file")).toMatchObject({ name: "cu.csv" });
    await act(async () => FakeUpload.last.answers(201, importPage(1)));
    await screen.findByRole("heading", { name: "Cột nào là gì?" });
    expect(window.location.pathname).toBe("/history-imports/1");
  });

  it("says why a file was not taken, and takes the next", async () => {
    company(importPage(1));
    open("/history-imports");
    await screen.findByRole("heading", { name: "Tệp CSV hoặc JSON" });
    await give("cu.xlsx");
    await act(async () => FakeUpload.last.answers(422, { detail: "Tệp này chưa đọc được.", status: 422 }));
    expect((await screen.findByRole("alert")).textContent).toContain("Tệp này chưa đọc được.");
    await give("cu.csv");
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("is stopped by one press, without an alarm", async () => {
    company(importPage(1));
    open("/history-imports");
    await screen.findByRole("heading", { name: "Tệp CSV hoặc JSON" });
    await give("cu.csv");
    await click(screen.getByRole("button", { name: "Dừng" }));
    await screen.findByRole("button", { name: "Chọn tệp" });
    expect(screen.queryByRole("alert")).toBeNull();
  });

  it("tells of each file what became of it", async () => {
    const done = { started_at: ago(50), ended_at: ago(40), counts };
    const rows = [
      importRow(1, { state: "running", progress: 0.25, started_at: ago(3), counts }),
      importRow(2, { ...done, state: "done" }),
      importRow(3, { ...done, state: "undone", gone: { messages: 1180, conversations: 1, contacts: 1 } }),
      importRow(4, { state: "failed" }),
    ];
    company(importPage(1), { "GET /api/history-imports": { body: { items: rows, next: null } } });
    open("/history-imports");
    const said = (await screen.findAllByRole("link", { name: /Παλιά/ })).map((one) => one.textContent);
    expect(said[0]).toContain("Đang nhập 25%");
    expect(said[1]).toContain("đã nhập 1.180 tin");
    expect(said[2]).toContain("đã gỡ 1.180 tin");
    expect(said[3]).toContain("Chưa nhập được");
  });
});

describe("the page of a file", () => {
  it("asks for what is missing before it looks through the file, and sends what was chosen", async () => {
    const { sent } = company(importPage(1, { guess: { sender: "Ποιος", text: "Λόγια", thread: "Πελάτης" } }));
    open("/history-imports/1");
    await screen.findByText("Hãy chọn cột thời gian.");
    const look = screen.getByRole("button", { name: "Xem trước" }) as HTMLButtonElement;
    expect(look.disabled).toBe(true);
    await choose("Thời gian", "Ώρα");
    await screen.findByText("Hãy chọn tài khoản kênh mà các hội thoại này thuộc về.");
    await choose("Nhập vào tài khoản", "2");
    await choose("Ngày trong tệp viết theo", "month");
    await click(screen.getByRole("checkbox", { name: "Μαγαζί" }));
    await click(screen.getByRole("button", { name: "Xem trước" }));
    await screen.findByText("Đã đọc 20% tệp");
    expect(sent).toEqual([
      {
        path: "/api/history-imports/1/preview",
        body: {
          mapping: {
            columns: { sender: "Ποιος", text: "Λόγια", thread: "Πελάτης", time: "Ώρα" },
            ours: ["Μαγαζί"],
            zone: "Asia/Ho_Chi_Minh",
            month_first: true,
          },
          account_id: 2,
          custodian_id: null,
        },
      },
    ]);
  });

  it("shows what would come, and begins only then", async () => {
    const { sent } = company(checkedImport(1));
    open("/history-imports/1");
    await screen.findByRole("heading", { name: "Sẽ nhập 1.180 tin nhắn" });
    expect(screen.getByRole("list", { name: "Các dòng lỗi" }).textContent).toContain("Dòng 1.005Άγνωστη ώρα");
    const talk = screen.getByRole("article");
    expect(talk.textContent).toContain("Μαρία · hội thoại đã có");
    // What has no words is called by its kind.
    expect(talk.textContent).toContain("Hình ảnh");
    expect(sent).toEqual([]);
    await click(screen.getByRole("button", { name: "Bắt đầu nhập 1.180 tin" }));
    await screen.findByRole("heading", { name: "Đang nhập" });
    expect(sent.map((one) => one.path)).toEqual(["/api/history-imports/1/start"]);
  });

  it("offers no beginning where nothing is new", async () => {
    company(checkedImport(1, { preview: { ...counts, new: 0 } }));
    open("/history-imports/1");
    await screen.findByRole("heading", { name: "Không có gì mới để nhập" });
    expect(screen.queryByRole("button", { name: /^Bắt đầu/ })).toBeNull();
  });

  it("follows a notice to its end", async () => {
    const running = importPage(1, { state: "running", started_at: ago(1), progress: 0.5, counts });
    const { state } = company(running);
    open("/history-imports/1");
    await screen.findByText("Đã đọc 50% tệp");
    await act(async () => FakeSocket.all.at(-1)?.says({ type: "hello", cursor: 5, reset: false }));
    state.found = { ...running, state: "done", progress: 1, ended_at: ago(0) };
    await hears({ seq: 6, kind: "history_import.changed", import_id: 1 });
    await screen.findByRole("heading", { name: "Đã nhập" });
  });

  it("says what goes and what stays before it takes all back", async () => {
    const { sent } = company(
      importPage(1, { state: "done", started_at: ago(9), ended_at: ago(5), counts, progress: 1 }),
    );
    open("/history-imports/1");
    await click(await screen.findByRole("button", { name: "Hoàn tác lượt nhập này" }));
    const dialog = await screen.findByRole("dialog");
    await within(dialog).findByText("1.180 tin nhắn đã nhập");
    expect(dialog.textContent).toContain("2 hội thoại");
    expect(sent).toEqual([]);
    await click(within(dialog).getByRole("button", { name: "Hoàn tác" }));
    await screen.findByRole("heading", { name: "Đang hoàn tác" });
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent.map((one) => one.path)).toEqual(["/api/history-imports/1/undo"]);
  });

  it("forgets a file that was not begun", async () => {
    const { asked } = company(checkedImport(1), { "DELETE /api/history-imports/1": { status: 204 } });
    open("/history-imports/1");
    await click(await screen.findByRole("button", { name: "Bỏ tệp này" }));
    await waitFor(() => expect(window.location.pathname).toBe("/history-imports"));
    expect(asked).toContain("DELETE /api/history-imports/1");
  });
});
