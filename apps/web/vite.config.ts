import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { catalogues } from "./build/catalogues.ts";
import { precompress } from "./build/precompress.ts";
import { serviceWorker } from "./build/service-worker.ts";

const serverPort = process.env["SOTTO_SERVER_PORT"] ?? "3000";

export default defineConfig({
  plugins: [react(), catalogues(), serviceWorker(), precompress()],
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    // The policy of the page forbids data: fonts, and a file of its own is cached for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // An ES module, so that what the worker loads on demand stays in a file of its own.
  worker: { format: "es" },
  server: {
    proxy: { "/api": { target: `http://127.0.0.1:${serverPort}`, ws: true } },
  },
});
