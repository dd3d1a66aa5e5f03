import { patchSource } from "./patch-source.mjs";

const file = "/packages/db/src/queries/store-messages.ts";

// A retry is taken for a new message, and appended to the feeds again.
patchSource([
  {
    file,
    passage: " and there.is is null",
    instead: "",
  },
  {
    file,
    passage: "on conflict do nothing",
    instead: "on conflict (conversation_id, id, recipient_id) do update set id = excluded.id",
  },
]);
