import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // For what hangs, not for what is slow: the number of inputs is fixed, and the machine may be busy.
    testTimeout: 300_000,
    hookTimeout: 60_000,
  },
});
