import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Whole rigs run here: the limit is for what hangs, not for what is slow.
    testTimeout: 600_000,
    hookTimeout: 60_000,
    // One rig at a time: a busy machine must not look like a slow product.
    fileParallelism: false,
  },
});
