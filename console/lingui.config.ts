import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  sourceLocale: "vi",
  locales: ["vi", "en", "pseudo"],
  pseudoLocale: "pseudo",
  fallbackLocales: { default: "vi" },
  format: formatter({ lineNumbers: false }),
  compileNamespace: "es",
  catalogs: [
    { path: "src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*", "src/phone/**"] },
    {
      // The customer's phone is a page of its own, with a few texts that it shares.
      path: "src/phone/locales/{locale}",
      include: ["src/phone", "src/shared/useBytes.ts", "src/conversations/thread/reactionIcons.ts"],
      exclude: ["**/*.test.*"],
    },
  ],
});
