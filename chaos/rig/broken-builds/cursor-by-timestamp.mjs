import { patchSource } from "./patch-source.mjs";

// A reader goes on after the time of its cursor, which is kept in whole hours: what happened in the same hour as
// the cursor's event is skipped. Finer times skip less, and the same things.
patchSource([
  {
    file: "/packages/db/src/queries/feed.ts",
    passage: "where user_id = asked.user_id and seq >= asked.after",
    instead: `where user_id = asked.user_id and (seq = asked.after or
        date_trunc('hour', created_at) > coalesce(
          (select date_trunc('hour', c.created_at) from feed_events c
           where c.user_id = asked.user_id and c.seq = asked.after), '-infinity'))`,
  },
]);
