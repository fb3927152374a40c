import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Me } from "../src/api/types";
import { messages as vi } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { ago, me } from "./fixtures";
import { click, company } from "./personalCompany";
import { holder, myself, personalPage, privateExtent } from "./personalFixtures";
import { type Routes, serve } from "./server";

beforeEach(() => speak("vi", vi));

describe("the page of an account", () => {
  const page = (
    change: Parameters<typeof personalPage>[1] = {},
    person: Partial<Me> = {},
    more: Routes = {},
  ) => {
    const made = company(
      [],
      { "GET /api/personal-accounts/1": { body: personalPage(1, change) }, ...more },
      person,
    );
    open("/personal-accounts/1");
    return made;
  };

  it.each([
    ["taken_over", /Đóng Zalo Web và Zalo PC/, "Kết nối lại"],
    ["kicked", /đăng xuất thiết bị lạ/, "Kết nối lại"],
    ["dead", /đang tự nối lại/, "Kết nối lại"],
    ["offline", /không cần làm gì/, "Kết nối lại"],
    ["stopped", /được tạm dừng/, "Cho chạy lại"],
  ] as const)("leads back from %s", async (state, words, button) => {
    const { sent } = page({ state });
    await screen.findByText(words);
    await click(screen.getByRole("button", { name: button }));
    await waitFor(() =>
      expect(sent.at(-1)?.body).toEqual({ ids: [1], action: state === "stopped" ? "start" : "return" }),
    );
  });

  it("leads from an expired session to a new code, and offers no press that cannot help", async () => {
    page({ state: "needs_login" });
    const link = await screen.findByRole("link", { name: "Quét mã lại" });
    expect(link.getAttribute("href")).toBe("/personal-accounts/new?account=1");
    expect(screen.queryByRole("button", { name: "Kết nối lại" })).toBeNull();
  });

  it("tells who else can, where one may only read", async () => {
    page({ state: "kicked" }, { role: "auditor", permissions: ["channel_account:read"] });
    await screen.findByText(`Hãy nhờ ${holder.name} hoặc quản trị làm việc này.`);
    expect(screen.queryByRole("button", { name: "Kết nối lại" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Đổi người giữ, loại SIM" })).toBeNull();
  });

  it("tells of spans, gaps, what was not understood, and what is private", async () => {
    page({
      sim: "own",
      completeness: { percent: 97.25, gaps: 1, since: ago(9000) },
      gaps: [
        {
          id: 1,
          from_at: ago(60),
          until_at: ago(30),
          reason: "not-connected",
          text: "Mất kết nối",
          conversation_id: null,
        },
      ],
      frames: [
        { cmd: 504, why: "unknown-opcode", text: "Loại gói tin chưa biết", count: 3, last_at: ago(5) },
      ],
      private: { contacts: 12, messages: 345 },
      warm_until: ago(-9000),
    });
    await screen.findByText("Mất kết nối");
    expect(screen.getByText("97,2%")).toBeTruthy();
    expect(screen.getByText("Διακοπή", { exact: false })).toBeTruthy();
    expect(screen.getByText(/tới nay/)).toBeTruthy();
    expect(screen.getByText("Mã 504")).toBeTruthy();
    expect(screen.getByText("345")).toBeTruthy();
    expect(screen.getByText(/Đang làm quen/)).toBeTruthy();
  });

  it("changes the SIM with a word about what that means", async () => {
    const { sent, takes } = company([]);
    serve({
      "GET /api/session": { body: me },
      "GET /api/personal-accounts": { body: { items: [], stopped: null } },
      "GET /api/personal-accounts/1": { body: personalPage(1) },
      "GET /api/staff/choices": { body: { items: [holder] } },
      "PUT /api/personal-accounts/1": takes(() => ({ body: personalPage(1, { sim: "own" }) })),
    });
    open("/personal-accounts/1");
    await click(await screen.findByRole("button", { name: "Đổi người giữ, loại SIM" }));
    const dialog = await screen.findByRole("dialog");
    await click(within(dialog).getByRole("radio", { name: /SIM riêng/ }));
    expect(within(dialog).getByRole("status").textContent).toContain("chỉ người được đánh dấu là công việc");
    await click(within(dialog).getByRole("button", { name: "Lưu" }));
    await waitFor(() => expect(sent.at(-1)?.body).toMatchObject({ holder_id: holder.id, sim: "own" }));
  });
});

describe("work and private", () => {
  function desk(extent = privateExtent(), page = personalPage(1, { sim: "own", holder: myself })) {
    const made = company([], {
      "GET /api/personal-accounts/1": { body: page },
      "GET /api/personal-accounts/1/private": { body: extent },
      "GET /api/personal-accounts/1/people": {
        body: {
          readable: true,
          read_at: ago(1),
          items: [
            { id: "7", name: "Πελάτης 1", group: false, kind: "work" },
            { id: "8", name: "Νέος", group: false, kind: "private" },
          ],
        },
      },
      "PUT /api/personal-accounts/1/private/*": async (request) => {
        made.sent.push({ path: new URL(request.url).pathname, body: await request.json() });
        return { body: extent };
      },
    });
    open("/personal-accounts/1/private");
    return made;
  }

  it("lets the holder say who is work, and take it back", async () => {
    const { sent } = desk();
    await click(await screen.findByRole("button", { name: "Là công việc: Νέος" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      path: "/api/personal-accounts/1/private/8",
      body: { group: false, kind: "work" },
    });
    // Who is marked stands above, not among those who can be.
    expect(screen.queryByRole("button", { name: "Là công việc: Πελάτης 1" })).toBeNull();
    await click(screen.getByRole("button", { name: "Thôi ghi: Πελάτης 1" }));
    await waitFor(() => expect(sent.at(-1)?.body).toEqual({ group: false, kind: "private" }));
  });

  it("shows a manager how much, and nobody's name", async () => {
    const { asked } = desk(privateExtent({ can_mark: false, items: [] }), personalPage(1, { sim: "own" }));
    await screen.findByText("1.234");
    expect(screen.queryByRole("button", { name: /Là công việc/ })).toBeNull();
    expect(asked.some((one) => one.includes("/people"))).toBe(false);
  });

  it("says of a company's SIM that all is captured", async () => {
    desk(privateExtent({ sim: "company", can_mark: false, items: [] }), personalPage(1));
    await screen.findByText(/mọi cuộc trò chuyện của tài khoản này đều được ghi lại/);
    expect(screen.queryByText("Phần không ghi")).toBeNull();
  });
});
