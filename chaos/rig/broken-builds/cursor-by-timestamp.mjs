import { patchSource } from "./patch-source.mjs";

// A reader goes on after the time of its cursor, in whole seconds as many schemas store them: what happened in the
// same second as the cursor's event is skipped.
patchSource([
  {
    file: "/packages/db/src/queries/feed.ts",
    passage: "where user_id = counter.user_id and seq >= ${after.seq}",
    instead: `where user_id = counter.user_id and (seq = \${after.seq} or
        date_trunc('second', created_at) > coalesce(
          (select date_trunc('second', c.created_at) from feed_events c
           where c.user_id = counter.user_id and c.seq = \${after.seq}), '-infinity'))`,
  },
]);
