import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const sandbox = process.env.SOKHACH_SANDBOX ?? "http://127.0.0.1:8687";

/** The customer's phone, a page of the sandbox: `npx vite --config vite.phone.config.ts`, then /phone/phone.html. */
export default defineConfig({
  plugins: [react({ babel: { plugins: ["@lingui/babel-plugin-lingui-macro"] } }), lingui()],
  base: "/phone/",
  publicDir: false,
  server: {
    proxy: {
      "/phone/api": { target: sandbox, changeOrigin: true, headers: { origin: sandbox } },
      "/cdn": { target: sandbox, changeOrigin: true },
    },
  },
  build: {
    outDir: "../src/sokhach/static/phone",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    rollupOptions: { input: "phone.html" },
  },
});
