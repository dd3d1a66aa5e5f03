import { sql } from "kysely";
import { expect, it } from "vitest";
import { blockUser, listStoredRows } from "../src/index.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPair, sendSome } from "./support/people.ts";

onBothEngines("what is stored of a person", (current) => {
  const tablesOf = async (userId: string) => {
    const tables = await listStoredRows(current.db, { userId, sample: 3 });
    return new Map(tables.map((table) => [table.name, table]));
  };

  it("names every table of the schema, and every column but two that would betray a block", async () => {
    const { alice } = await createPair(current.db);
    const shown = [...(await tablesOf(alice.id)).values()].flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column}`),
    );
    const { rows } = await sql<{ column: string }>`
      select table_name || '.' || column_name as column from information_schema.columns
      where table_schema = current_schema() and table_name not like 'kysely%'`.execute(current.db);
    const hidden = rows.map(({ column }) => column).filter((column) => !shown.includes(column));
    expect(hidden.sort()).toEqual(["conversation_members.withheld", "messages.withheld"]);
    expect(shown.length).toBe(rows.length - hidden.length);
  });

  it("gives the person's own rows, the newest first, counts the rest, and leaves others' out", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await createPair(current.db);
    await sendSome(current.db, conversationId, alice, bob, 4);
    const tables = await tablesOf(alice.id);
    const messages = tables.get("messages");
    expect(messages?.rowCount).toBe(4);
    expect(messages?.rows).toHaveLength(3);
    const times = messages?.rows.map((row) => row[messages.columns.indexOf("created_at")] ?? "") ?? [];
    expect(times).toEqual(times.toSorted().toReversed());
    expect(tables.get("users")?.rows).toEqual([
      [alice.id, alice.username, alice.publicKey, expect.any(String)],
    ]);
    expect(tables.get("meta")?.rowCount).toBe(0);
  });

  it("tells nobody that they were blocked, nor the blocker what came meanwhile", async () => {
    const { alice, bob, conversationId } = await createPair(current.db);
    await blockUser(current.db, { blockerId: bob.id, blockedId: alice.id, limit: 10 });
    await sendSome(current.db, conversationId, alice, bob, 1);
    expect((await tablesOf(alice.id)).get("user_blocks")?.rowCount).toBe(0);
    expect((await tablesOf(bob.id)).get("user_blocks")?.rowCount).toBe(1);
    expect((await tablesOf(bob.id)).get("messages")?.rowCount).toBe(0);
  });
});
