import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { makeRouter } from "../src/app/router";
import { messages as pages } from "../src/locales/pages/pseudo.po";
import { messages as first } from "../src/locales/pseudo.po";
import { open, speak } from "./app";
import { NOW } from "./fixtures";
import { channelAccounts } from "./pseudo/accounts";
import { calendarCases } from "./pseudo/calendar";
import { base, type Case } from "./pseudo/case";
import { custody } from "./pseudo/custody";
import { customers } from "./pseudo/customers";
import { demoCases } from "./pseudo/demo";
import { gate } from "./pseudo/gate";
import { importCases } from "./pseudo/importing";
import { inbox } from "./pseudo/inbox";
import { joining } from "./pseudo/joining";
import { oversight } from "./pseudo/oversight";
import { personalCases } from "./pseudo/personal";
import { safeguards } from "./pseudo/safeguards";
import { security } from "./pseudo/security";
import { staffAndTeams } from "./pseudo/staff";
import { thread } from "./pseudo/thread";
import { serve } from "./server";
import { setWidth } from "./setup";
import { PLAIN_LETTER, untranslated } from "./untranslated";

// The session would switch to the person's own language; here the pseudo-locale stays.
vi.mock("../src/shared/i18n/locale", () => ({
  activateLocale: async () => undefined,
  loadPageTexts: async () => undefined,
  preferredLocale: () => "vi",
}));

const cases: Case[] = [
  ...gate,
  ...joining,
  ...security,
  ...inbox,
  ...thread,
  ...customers,
  ...custody,
  ...channelAccounts,
  ...personalCases,
  ...importCases,
  ...safeguards,
  ...oversight,
  ...staffAndTeams,
  ...calendarCases,
  ...demoCases,
];

describe("every page in the pseudo-locale", () => {
  beforeEach(() => {
    vi.setSystemTime(NOW);
    speak("pseudo", { ...first, ...pages });
  });

  it.each(cases)("$name", async ({ path, width, routes, before, until, afterwards }) => {
    setWidth(width ?? 1366);
    before?.();
    serve({ ...base, ...routes });
    open(path);
    await until();
    await afterwards?.();
    expect(untranslated(document.body)).toEqual([]);
    expect(document.title).not.toMatch(PLAIN_LETTER);
  });

  it("leaves no route out", () => {
    const known = Object.keys(makeRouter(new QueryClient()).routesByPath);
    const shown = new Set(cases.map((one) => one.route));
    expect(known.filter((route) => !shown.has(route))).toEqual([]);
  });
});

describe("the check itself", () => {
  it("finds a text, a label and a placeholder that nobody wrapped", () => {
    const root = document.createElement("div");
    root.innerHTML = `<p>Đăng nhập</p><button aria-label="Gửi"></button><input placeholder="Tìm" title="ö 1">
      <kbd>Enter</kbd><span>Πελάτης 12:30</span>`;
    expect(untranslated(root).sort()).toEqual(["Gửi", "Tìm", "Đăng nhập"].sort());
  });
});
