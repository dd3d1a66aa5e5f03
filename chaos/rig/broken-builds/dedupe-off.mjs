import { patchSource } from "./patch-source.mjs";

// A retry is appended to the feeds again.
patchSource([
  {
    file: "/packages/db/src/queries/store-messages.ts",
    passage: "fresh.flatMap((message) => eventsOf(senderId, message)),",
    instead: "messages.flatMap((message) => eventsOf(senderId, message)),",
  },
]);
