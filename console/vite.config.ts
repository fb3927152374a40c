import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.SOKHACH_API ?? "http://127.0.0.1:8686";

export default defineConfig({
  plugins: [react({ babel: { plugins: ["@lingui/babel-plugin-lingui-macro"] } }), lingui()],
  server: {
    proxy: { "/api": { target: backend, ws: true, rewriteWsOrigin: true, headers: { origin: backend } } },
  },
  build: {
    outDir: "../src/sokhach/static/console",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Browsers of 2024 and later: they know light-dark() and nesting themselves.
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    // The content policy allows fonts and images from our own address only, so nothing becomes a data: URL.
    assetsInlineLimit: 0,
  },
  test: {
    silent: "passed-only",
    // All processors: left to itself, it spares one, which is half of a small machine.
    maxWorkers: "100%",
    projects: [
      { extends: true, test: { name: "rules", environment: "node", include: ["**/*.test.ts"] } },
      {
        extends: true,
        test: {
          name: "pages",
          environment: "jsdom",
          include: ["tests/*.test.tsx"],
          setupFiles: ["tests/setup.ts"],
          testTimeout: 40_000,
        },
      },
    ],
  },
});
