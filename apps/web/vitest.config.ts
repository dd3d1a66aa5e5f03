import { defineConfig } from "vitest/config";
import { catalogues } from "./build/catalogues.ts";

export default defineConfig({
  plugins: [catalogues()],
  test: { include: ["test/**/*.test.{ts,tsx}"], testTimeout: 60_000 },
});
