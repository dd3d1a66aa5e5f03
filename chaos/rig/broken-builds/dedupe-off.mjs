import { patchSource } from "./patch-source.mjs";

const file = "/packages/db/src/queries/store-messages.ts";

// A retry is taken for a new message, and appended to the feeds again.
patchSource([
  {
    file,
    passage: `and not exists (
          select from messages m where m.conversation_id = incoming.conversation_id and m.id = incoming.id
        )`,
    instead: "",
  },
  {
    file,
    passage: "on conflict do nothing",
    instead: "on conflict (conversation_id, id, recipient_id) do update set id = excluded.id",
  },
]);
