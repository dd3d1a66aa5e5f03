import { isAborted } from "./database-error.ts";
import type { Db, Trx } from "./db.ts";

const maxAttempts = 5;

/**
 * Runs `work` in one transaction, and anew when the database gave it up in favour of another one.
 * `work` may therefore run several times: it touches nothing but the transaction.
 *
 * Every transaction that takes more than one row lock takes them in this order, so that none waits in a circle:
 * conversation rows by id, then blocks, then member rows, then counter rows by user id, then message rows. A message
 * row is changed only by a transaction that holds its recipient's counter row; so is the `read_until` of a member row,
 * which no other transaction wants of a member who has something to read.
 */
export async function inTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  return retrying(() => db.transaction().execute(work));
}

/** The same for one statement, which is a transaction of its own. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= maxAttempts || !isAborted(error)) throw error;
    }
  }
}
