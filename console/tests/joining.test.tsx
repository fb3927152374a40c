import { act, fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { messages as pages } from "../src/locales/pages/vi.po";
import { messages as first } from "../src/locales/vi.po";
import { open, speak } from "./app";
import { me, NOW } from "./fixtures";
import { base } from "./pseudo/case";
import { serve } from "./server";

vi.mock("../src/shared/i18n/locale", () => ({
  activateLocale: async () => undefined,
  loadPageTexts: async () => undefined,
  preferredLocale: () => "vi",
}));

const problem = (status: number, slug: string) => ({
  status,
  body: { type: `urn:sokhach:problem:${slug}`, title: slug, status },
});
const fill = (label: RegExp | string, value: string) =>
  act(() => void fireEvent.change(screen.getByLabelText(label), { target: { value } }));
const submit = () =>
  act(async () => void fireEvent.submit(document.querySelector("form") as HTMLFormElement));

beforeEach(() => {
  vi.setSystemTime(NOW);
  speak("vi", { ...first, ...pages });
});

describe("signing in with a second factor", () => {
  it("sends login and password again with the code, and begins anew only when those are refused", async () => {
    const sent: unknown[] = [];
    let answer = problem(401, "second-factor-needed");
    serve({
      ...base,
      "GET /api/session": { status: 401, body: {} },
      "POST /api/session": async (request) => {
        sent.push(await request.json());
        return answer;
      },
    });
    open("/sign-in");
    await screen.findByRole("heading", { level: 1 });
    fill("E-mail hoặc số điện thoại", " lan@a.example ");
    fill("Mật khẩu", "gối lông vũ");
    await submit();
    await screen.findByLabelText("Mã 6 số");
    expect(screen.queryByRole("alert")).toBeNull();

    answer = problem(401, "code-wrong");
    fill("Mã 6 số", "12 34 56 7");
    await submit();
    await screen.findByText("code-wrong");
    expect(sent.at(-1)).toEqual({ login: "lan@a.example", password: "gối lông vũ", code: "123456" });
    expect(screen.getByLabelText<HTMLInputElement>("Mã 6 số").value).toBe("");

    answer = problem(401, "sign-in-failed");
    fill("Mã 6 số", "654321");
    await submit();
    await screen.findByLabelText("Mật khẩu");
    expect(screen.getByLabelText<HTMLInputElement>("Mật khẩu").value).toBe("");
  });
});

describe("what has to be done first", () => {
  it("leads to where its person wanted to go, once the recording is confirmed", async () => {
    let confirmed = false;
    serve({
      ...base,
      "GET /api/session": () => ({ body: { ...me, recording_confirmed: confirmed } }),
      "POST /api/account/recording-confirmation": () => {
        confirmed = true;
        return { status: 204 };
      },
    });
    open("/conversations?view=all");
    const box = await screen.findByRole("checkbox");
    expect(window.location.pathname).toBe("/recording");
    await act(async () => box.click());
    await submit();
    await waitFor(() => expect(window.location.pathname).toBe("/conversations"));
    expect(window.location.search).toBe("?view=all");
  });

  it("is a second factor before the recording", async () => {
    serve({
      ...base,
      "GET /api/session": { body: { ...me, needs_second_factor: true, recording_confirmed: false } },
      "POST /api/account/totp": { status: 201, body: { secret: "ΑΒΓ", uri: "otpauth://x" } },
    });
    open("/");
    await screen.findByText("ΑΒΓ");
    expect(window.location.pathname).toBe("/second-factor");
  });

  it.each(["/recording", "/second-factor"])("is nothing on %s for whom nothing is missing", async (path) => {
    serve(base);
    open(path);
    await waitFor(() => expect(window.location.pathname).toBe("/conversations"));
  });

  it("is shown when the company asks for it while somebody works", async () => {
    let asked = false;
    serve({
      ...base,
      "GET /api/session": () => ({ body: { ...me, needs_second_factor: asked } }),
      "GET /api/staff": () => {
        asked = true;
        return problem(403, "second-factor-required");
      },
      "POST /api/account/totp": { status: 201, body: { secret: "ΑΒΓ", uri: "otpauth://x" } },
    });
    open("/staff");
    await screen.findByText("ΑΒΓ");
    expect(window.location.pathname).toBe("/second-factor");
  });
});

describe("proof before what is dangerous", () => {
  it("is asked once, and what was refused goes through", async () => {
    let proven = false;
    const asked = serve({
      ...base,
      "GET /api/account/security": {
        body: { totp: false, totp_required: false, recovery_codes_left: 0, recording_confirmed_at: null },
      },
      "GET /api/security-policy": { body: { totp_roles: [] } },
      "GET /api/api-tokens": { body: { items: [] } },
      "PUT /api/security-policy": async (request) =>
        proven ? { body: await request.json() } : problem(403, "sudo-needed"),
      "POST /api/session/sudo": () => {
        proven = true;
        return { status: 204 };
      },
    });
    open("/security");
    const [first] = await screen.findAllByRole("checkbox");
    await act(async () => first?.click());
    await submit();
    fireEvent.change(await screen.findByLabelText("Mật khẩu của bạn"), { target: { value: "gối lông vũ" } });
    await act(async () => screen.getByRole("button", { name: "Xác nhận" }).click());
    await screen.findByText("Đã lưu.");
    expect(asked.filter((one) => one.startsWith("PUT"))).toHaveLength(2);
    expect(screen.queryByLabelText("Mật khẩu của bạn")).toBeNull();
  });
});
