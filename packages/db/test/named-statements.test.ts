import { sql } from "kysely";
import { expect, it } from "vitest";
import { createStatementNames, plannedEachTime } from "../src/engine/named-statements.ts";
import { createTestDatabase } from "../src/testing/index.ts";

it("has PostgreSQL keep what it is asked again and again, and nothing that is asked once", async () => {
  await using database = await createTestDatabase("postgres");
  await database.db.connection().execute(async (db) => {
    const kept = async () =>
      (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows
        .length;
    for (let round = 0; round < 5; round++) await sql`select ${round}::int as round`.execute(db);
    await sql`select ${1}::int as once`.execute(db);
    expect(await kept()).toBe(1);
    const { rows } = await sql<{ round: number }>`select ${7}::int as round`.execute(db);
    expect(rows).toEqual([{ round: 7 }]);
  });
});

it("names a text by what it says, and stops counting where texts are put together", () => {
  const nameFor = createStatementNames();
  const nameOf = (text: string) => [nameFor(text), nameFor(text), nameFor(text)].at(-1);
  expect(nameOf("select $1")).toMatch(/^sotto_[0-9a-f]{32}$/);
  expect(nameOf("select $1")).toBe(createName("select $1"));
  expect(nameOf("select $2")).not.toBe(nameOf("select $1"));
  for (let index = 0; index < 1_000; index++) nameFor(`select $1, ${index}`);
  expect(nameOf("select $1 as late")).toBeUndefined();
});

it("gives no name to a statement that is to be planned each time", () => {
  const nameFor = createStatementNames();
  const text = `\n  ${plannedEachTime}\n  select $1`;
  expect([nameFor(text), nameFor(text), nameFor(text)]).toEqual([undefined, undefined, undefined]);
});

function createName(text: string): string | undefined {
  const nameFor = createStatementNames();
  return [nameFor(text), nameFor(text), nameFor(text)].at(-1);
}
