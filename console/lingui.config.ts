import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

/** Whose texts come with the pages beside the inbox, so that the inbox need not wait for them. */
export const PAGES = [
  "src/app/admin/AdminFrame.tsx",
  "src/channels",
  "src/demo",
  "src/intake",
  "src/oversight",
  "src/people/account/AccountPage.tsx",
  "src/people/account/AddTokenDialog.tsx",
  "src/people/account/DeviceList.tsx",
  "src/people/account/PasswordSection.tsx",
  "src/people/account/SecondFactorSection.tsx",
  "src/people/account/TokenList.tsx",
  "src/people/account/scopes.ts",
  "src/people/calendar",
  "src/people/security",
  "src/people/staff",
  "src/privacy",
];

const TESTS = "**/*.test.*";

export default defineConfig({
  sourceLocale: "vi",
  locales: ["vi", "en", "pseudo"],
  pseudoLocale: "pseudo",
  fallbackLocales: { default: "vi" },
  format: formatter({ lineNumbers: false }),
  compileNamespace: "es",
  catalogs: [
    {
      path: "src/locales/{locale}",
      include: ["src"],
      exclude: [TESTS, "src/phone/**", ...PAGES.map((path) => (/\.tsx?$/.test(path) ? path : `${path}/**`))],
    },
    { path: "src/locales/pages/{locale}", include: PAGES, exclude: [TESTS] },
    {
      // The customer's phone is a page of its own, with a few texts that it shares.
      path: "src/phone/locales/{locale}",
      include: ["src/phone", "src/shared/useBytes.ts", "src/conversations/thread/reactionIcons.ts"],
      exclude: [TESTS],
    },
  ],
});
