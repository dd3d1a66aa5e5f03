import { patchSource } from "./patch-source.mjs";

// A retry is appended to the feeds again.
patchSource([
  {
    file: "/packages/db/src/queries/store-messages.ts",
    passage: "const createdAt = inserted.get(candidate.key);",
    instead: "const createdAt = inserted.get(candidate.key) ?? known.get(candidate.key)?.createdAt;",
  },
]);
