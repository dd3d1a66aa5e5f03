import { sql } from "kysely";
import { expect, it } from "vitest";
import { countUsers, listConversations, writeMarks } from "../src/index.ts";
import { migrateDown, migrateToLatest } from "../src/migrate.ts";
import { cheaperWrites } from "../src/migrations/0004-cheaper-writes.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPair, sendSome } from "./support/people.ts";

onBothEngines("the schema", (current) => {
  it("has the keys and indexes of messages that others rely on", async () => {
    const { rows } = await sql<{ name: string; definition: string }>`
      select indexname as name, indexdef as definition from pg_indexes where tablename = 'messages'`.execute(
      current.db,
    );
    const definitions = Object.fromEntries(rows.map(({ name, definition }) => [name, definition]));
    expect(definitions["messages_pkey"]).toMatch(/\(conversation_id, id, recipient_id\)$/);
    expect(definitions["idx_messages_sender_id"]).toMatch(/\(sender_id\)$/);
    expect(definitions["idx_messages_recipient_id"]).toMatch(/\(recipient_id\)$/);
    expect(definitions["idx_messages_conversation"]).toMatch(/\(sender_id, recipient_id, created_at\)$/);
  });

  it("lets messages go with their conversation, but no person whose messages are there", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    await sendSome(db, conversationId, alice, bob, 2);
    await expect(db.deleteFrom("users").where("id", "=", alice.id).execute()).rejects.toMatchObject({
      code: "23503",
    });
    await db.deleteFrom("conversations").where("id", "=", conversationId).execute();
    const { count } = await db
      .selectFrom("messages")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    expect(count).toBe(0);
  });

  it("rolls a failed transaction back and goes on", async () => {
    const { db } = current;
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto("meta").values({ key: "k", value: "v" }).execute();
      await trx.insertInto("meta").values({ key: "k", value: "v" }).execute();
    });
    await expect(failing).rejects.toMatchObject({ code: "23505", constraint: "meta_pkey" });
    const swallowing = db.transaction().execute(async (trx) => {
      await trx.insertInto("meta").values({ key: "k", value: "v" }).execute();
      await sql`select 1 / 0`.execute(trx).catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow("rolled back");
    expect(await db.selectFrom("meta").selectAll().execute()).toEqual([]);
  });

  it("is refused when a newer version has changed it", async () => {
    const { db } = current;
    const later = { name: "9999-later", timestamp: new Date().toISOString() };
    await sql`insert into kysely_migration (name, timestamp) values (${later.name}, ${later.timestamp})`.execute(
      db,
    );
    await expect(migrateToLatest(db)).rejects.toMatchObject({
      code: "newer-schema",
      message: expect.stringContaining(later.name),
    });
    await sql`delete from kysely_migration where name = ${later.name}`.execute(db);
    await expect(migrateToLatest(db)).resolves.toBeUndefined();
  });

  it("goes up, down and up again, and leaves nothing behind", async () => {
    const { db } = current;
    const listTables = async () => (await db.introspection.getTables()).map(({ name }) => name).sort();
    const tables = await listTables();
    expect(tables).toContain("messages");
    const { alice, bob, conversationId } = await createPair(db);
    await sendSome(db, conversationId, alice, bob, 1);
    await migrateDown(db);
    expect(await listTables()).toEqual([]);
    await migrateToLatest(db);
    expect(await listTables()).toEqual(tables);
    expect(await countUsers(db)).toBe(0);
  });

  it("knows after an update from where on a conversation is unread", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    const ids = await sendSome(db, conversationId, alice, bob, 5);
    const readMarks = [{ userId: bob.id, conversationId, messageId: ids[2] ?? "" }];
    await writeMarks(db, { acknowledgements: [], readMarks });
    await cheaperWrites.down?.(db);
    await cheaperWrites.up(db);
    const { rows } = await sql<{ userId: string; read: number }>`
      select own.user_id as "userId", count(m.id)::int as read
      from conversation_members own
      left join messages m on m.recipient_id = own.user_id and m.created_at <= own.read_until
      group by own.user_id`.execute(db);
    expect(new Map(rows.map(({ userId, read }) => [userId, read]))).toEqual(
      new Map([
        [alice.id, 0],
        [bob.id, 3],
      ]),
    );
    const { conversations } = await listConversations(db, { userId: bob.id, limit: 10, newest: 0 });
    expect(conversations).toMatchObject([{ unreadCount: 2 }]);
  });

  it("stays as it was when it cannot be brought up to date, and says why", async () => {
    const { db } = current;
    await migrateDown(db);
    await sql`create table messages (something_else text)`.execute(db);
    await expect(migrateToLatest(db)).rejects.toMatchObject({
      code: "migration-failed",
      message: expect.stringContaining('"messages" already exists'),
    });
    expect((await db.introspection.getTables()).map(({ name }) => name)).toEqual(["messages"]);
  });
});
