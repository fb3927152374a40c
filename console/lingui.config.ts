import { defineConfig } from "@lingui/cli";
import { formatter } from "@lingui/format-po";

export default defineConfig({
  sourceLocale: "vi",
  locales: ["vi", "en", "pseudo"],
  pseudoLocale: "pseudo",
  fallbackLocales: { default: "vi" },
  format: formatter({ lineNumbers: false }),
  compileNamespace: "es",
  catalogs: [{ path: "src/locales/{locale}", include: ["src"], exclude: ["**/*.test.*"] }],
});
