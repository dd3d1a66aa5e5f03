import { patchSource } from "./patch-source.mjs";

// A reader goes on after the time of its cursor, which is kept in whole hours: what happened in the same hour as
// the cursor's event is skipped. Finer times skip less, and the same things.
patchSource([
  {
    file: "/packages/db/src/queries/feed.ts",
    passage: "where user_id = counter.user_id and seq >= ${after.seq}",
    instead: `where user_id = counter.user_id and (seq = \${after.seq} or
        date_trunc('hour', created_at) > coalesce(
          (select date_trunc('hour', c.created_at) from feed_events c
           where c.user_id = counter.user_id and c.seq = \${after.seq}), '-infinity'))`,
  },
]);
