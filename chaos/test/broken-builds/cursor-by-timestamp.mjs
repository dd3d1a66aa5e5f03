import { patchSource } from "./patch-source.mjs";

// A reader goes on after the time of its cursor: what bears the same time as the cursor's event is skipped.
patchSource([
  {
    file: "/packages/db/src/queries/feed.ts",
    passage: "where user_id = counter.user_id and seq >= ${after.seq}",
    instead: `where user_id = counter.user_id and (seq = \${after.seq} or created_at > coalesce(
        (select c.created_at from feed_events c where c.user_id = counter.user_id and c.seq = \${after.seq}), '-infinity'))`,
  },
]);
