import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Me } from "../src/api/types";
import type { PersonalLogin } from "../src/channels/personal/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { ago, me } from "./fixtures";
import { begins, click, company, hears, staffOnly, write } from "./personalCompany";
import { consent, holder, myself, personalAccount, personalLogin, personalPage } from "./personalFixtures";
import type { Routes } from "./server";
import { setWidth } from "./setup";

beforeEach(() => speak("vi", vi));

describe("the board", () => {
  const three = () => [
    personalAccount(1),
    personalAccount(2, { state: "taken_over", reason: "Zalo Web mở ở Chrome", name: "Ζάλο Βήτα" }),
    personalAccount(3, { state: "needs_login", holder: myself }),
  ];
  const rows = () => screen.getAllByRole("row").slice(1);

  it("shows each account with its state, reason and figures, those in trouble first", async () => {
    company(three());
    open("/personal-accounts");
    await screen.findByText("Zalo Web mở ở Chrome");
    expect(rows()).toHaveLength(3);
    expect(rows()[2]?.textContent).toContain("Đang hoạt động");
    expect(rows()[2]?.textContent).toContain("99,9%");
    // The cap that is nearest to its end, not the first.
    expect(rows()[2]?.textContent).toContain("9/10");
    expect(within(rows()[0] as HTMLElement).getByRole("link", { name: "Quét mã lại" })).toBeTruthy();
  });

  it("draws only what is in view of two hundred", async () => {
    company(Array.from({ length: 200 }, (_, index) => personalAccount(index + 1)));
    open("/personal-accounts");
    const table = await screen.findByRole("table");
    expect(table.getAttribute("aria-rowcount")).toBe("201");
    expect(rows().length).toBeLessThan(60);
    expect(rows().length).toBeGreaterThan(5);
  });

  it("narrows by state and by words, in the address", async () => {
    company(three());
    open("/personal-accounts");
    await click(await screen.findByRole("button", { name: /^Cần xử lý/ }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    expect(window.location.search).toBe("?state=attention");
    await write(screen.getByRole("searchbox", { name: "Tìm tài khoản" }), "βητα");
    await waitFor(() => expect(rows()).toHaveLength(1));
    await write(screen.getByRole("searchbox", { name: "Tìm tài khoản" }), "không có");
    await screen.findByText("Không có tài khoản nào như vậy");
    await click(screen.getByRole("button", { name: "Bỏ các bộ lọc" }));
    await waitFor(() => expect(rows()).toHaveLength(3));
  });

  it("acts on several at once, and says which ones it could not", async () => {
    const { sent } = company(three());
    open("/personal-accounts");
    await click(await screen.findByRole("checkbox", { name: "Chọn tất cả tài khoản đang hiện" }));
    const bar = screen.getByRole("region", { name: "Thao tác với tài khoản đã chọn" });
    expect(bar.textContent).toContain("Đã chọn 3 tài khoản");
    await click(within(bar).getByRole("button", { name: "Kết nối lại" }));
    await within(bar).findByText(/Đang chờ quét mã/);
    expect(sent.at(-1)?.body).toEqual({ ids: [1, 2, 3], action: "return" });
    // To stop is asked about first.
    await click(within(bar).getByRole("button", { name: "Tạm dừng" }));
    expect(sent).toHaveLength(1);
    await click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Tạm dừng" }));
    await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ action: "stop" }));
  });

  it("stops all sending after one more question, and says so until somebody lets it go again", async () => {
    const { sent } = company(three());
    open("/personal-accounts");
    await click(await screen.findByRole("button", { name: "Dừng gửi tất cả" }));
    expect(sent).toEqual([]);
    const dialog = await screen.findByRole("dialog");
    await click(within(dialog).getByRole("button", { name: "Dừng gửi tất cả" }));
    const banner = await screen.findByRole("alert");
    expect(banner.textContent).toContain("Đang dừng gửi từ mọi Zalo cá nhân");
    await click(within(banner).getByRole("button", { name: "Cho gửi lại" }));
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(sent.map((one) => one.body)).toEqual([{ stopped: true }, { stopped: false }]);
  });

  it("follows a notice without a reload", async () => {
    const { state } = company(three());
    open("/personal-accounts");
    await screen.findByText("Zalo Web mở ở Chrome");
    await begins();
    state.accounts = [personalAccount(1, { state: "kicked", reason: "Đăng xuất từ điện thoại" })];
    await hears({ seq: 6, kind: "personal_account.changed", id: 1 });
    await screen.findByText("Đăng xuất từ điện thoại");
  });

  it("is cards under a thumb", async () => {
    setWidth(390);
    company(three());
    open("/personal-accounts");
    await screen.findByText("Zalo Web mở ở Chrome");
    expect(screen.queryByRole("table")).toBeNull();
    expect(screen.getByRole("list", { name: "Tài khoản Zalo cá nhân" })).toBeTruthy();
  });

  it("shows a holder their own, without what is not theirs to do", async () => {
    company([personalAccount(3, { state: "kicked", holder: myself })], {}, staffOnly);
    open("/personal-accounts");
    await screen.findByRole("heading", { name: "Zalo của tôi" });
    expect(await screen.findByRole("button", { name: "Kết nối lại" })).toBeTruthy();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("button", { name: "Dừng gửi tất cả" })).toBeNull();
  });

  it("teaches the first step where there is none", async () => {
    company([]);
    open("/personal-accounts");
    await screen.findByText("Chưa có tài khoản Zalo cá nhân nào");
    expect(screen.getByRole("button", { name: "Kết nối Zalo cá nhân" })).toBeTruthy();
  });
});

describe("connecting by code", () => {
  function desk(more: Routes = {}, person: Partial<Me> = {}) {
    const state = { login: personalLogin() as PersonalLogin };
    const made = company(
      [],
      {
        "POST /api/personal-logins": async (request) => {
          made.sent.push({ path: "/api/personal-logins", body: await request.json() });
          return { status: 201, body: state.login };
        },
        "GET /api/personal-logins/1": () => ({ body: state.login }),
        "POST /api/personal-logins/1/renewal": () => {
          state.login = personalLogin();
          return { status: 201, body: state.login };
        },
        "DELETE /api/personal-logins/1": { status: 204 },
        ...more,
      },
      person,
    );
    return { ...made, login: state };
  }
  const becomes = async (state: { login: PersonalLogin }, change: Partial<PersonalLogin>) => {
    state.login = { ...state.login, ...change };
    await hears({ seq: 6 + Math.random(), kind: "personal_login.changed", id: 1 });
  };
  const agree = async () => {
    const show = await screen.findByRole<HTMLButtonElement>("button", { name: "Đồng ý và hiện mã QR" });
    expect(show.disabled).toBe(true);
    await click(screen.getByRole("checkbox"));
    await click(show);
  };
  const chooseOwn = async () => {
    await click(await screen.findByRole("radio", { name: "SIM riêng của nhân viên" }));
    await click(screen.getByRole("button", { name: "Tiếp tục" }));
  };

  it("asks for the holder, the SIM and the consent before there is any code", async () => {
    const { sent } = desk();
    open("/personal-accounts/new");
    const next = await screen.findByRole<HTMLButtonElement>("button", { name: "Tiếp tục" });
    expect(next.disabled).toBe(true);
    await click(await screen.findByRole("option", { name: holder.name }));
    await chooseOwn();
    await screen.findByText("Ανεπίσημη σύνδεση.");
    expect(sent).toEqual([]);
    await agree();
    await screen.findByRole("img", { name: "Mã QR để đăng nhập Zalo" });
    expect(sent.at(-1)?.body).toEqual({
      holder_id: holder.id,
      sim: "own",
      account_id: null,
      consent: true,
      proxy: null,
    });
    expect(screen.getByText(/Mã còn hiệu lực (1:00|0:5\d)/)).toBeTruthy();
  });

  it("follows the phone: scanned, done, and what comes next", async () => {
    const { login } = desk({}, staffOnly);
    open("/personal-accounts/new");
    // Who may only connect their own is not asked whose it is.
    await screen.findByText(/là người giữ tài khoản này/);
    expect(screen.queryByRole("combobox")).toBeNull();
    await chooseOwn();
    await agree();
    await screen.findByRole("img", { name: "Mã QR để đăng nhập Zalo" });
    await begins();
    await becomes(login, { state: "scanned", name: "Μαρία" });
    await screen.findByText("Μαρία đã quét mã");
    expect(screen.queryByRole("img", { name: "Mã QR để đăng nhập Zalo" })).toBeNull();
    await becomes(login, { state: "done", account_id: 8 });
    const title = await screen.findByRole("heading", { name: "Đã kết nối Μαρία" });
    expect(document.activeElement).toBe(title);
    const work = screen.getByRole("link", { name: "Chọn khách của công việc" });
    expect(work.getAttribute("href")).toBe("/personal-accounts/8/private");
  });

  it.each([
    ["declined", "Điện thoại đã từ chối"],
    ["expired", "Mã đã hết hạn"],
    ["failed", "Zalo đang bảo trì"],
  ] as const)("says in words that it %s, and gives a new code", async (state, words) => {
    const { login, asked } = desk({}, staffOnly);
    open("/personal-accounts/new");
    await chooseOwn();
    await agree();
    await screen.findByRole("img", { name: "Mã QR để đăng nhập Zalo" });
    await begins();
    await becomes(login, { state, error: state === "failed" ? "Zalo đang bảo trì" : null });
    await screen.findByText(words);
    await click(screen.getByRole("button", { name: "Lấy mã mới" }));
    await screen.findByRole("img", { name: "Mã QR để đăng nhập Zalo" });
    expect(asked).toContain("POST /api/personal-logins/1/renewal");
  });

  it("takes a code whose time is over for expired, whatever the server says", async () => {
    const { login } = desk({}, staffOnly);
    login.login = personalLogin({ expires_at: new Date(Date.now() - 1000).toISOString() });
    open("/personal-accounts/new");
    await chooseOwn();
    await agree();
    await screen.findByText("Mã đã hết hạn");
    expect(screen.queryByRole("img", { name: "Mã QR để đăng nhập Zalo" })).toBeNull();
  });

  it("is given up by one press", async () => {
    const { asked } = desk({}, staffOnly);
    open("/personal-accounts/new");
    await chooseOwn();
    await agree();
    await click(await screen.findByRole("button", { name: "Hủy" }));
    await screen.findByRole("button", { name: "Đồng ý và hiện mã QR" });
    await waitFor(() => expect(asked).toContain("DELETE /api/personal-logins/1"));
  });

  it("does not ask again for the same consent when an account is scanned again", async () => {
    const { sent } = desk({
      "GET /api/personal-accounts/3": {
        body: personalPage(3, {
          holder: myself,
          consent: { at: ago(100), version: consent.version, recorded_by: "Nguyễn Lan" },
        }),
      },
    });
    open("/personal-accounts/new?account=3");
    await screen.findByText(/đã đồng ý lúc/);
    await click(screen.getByRole("button", { name: "Đồng ý và hiện mã QR" }));
    await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ account_id: 3, holder_id: me.id }));
  });

  it("asks again when the words have changed", async () => {
    desk({ "GET /api/personal-accounts/3": { body: personalPage(3) } });
    open("/personal-accounts/new?account=3");
    await agree();
  });
});
