import optimizeLocales from "@react-aria/optimize-locales-plugin";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the server. */
const server = process.env["DUBAN_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    { ...optimizeLocales.vite({ locales: ["zh-CN", "en-US"] }), enforce: "pre" },
  ],
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/graphql": server, "/uploads": server } },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/app/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
