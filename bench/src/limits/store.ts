/**
 * What the limits do with a message before it is acknowledged and handed on: nothing, or group commit. While one
 * transaction commits, what arrives waits; the next one takes all of it with a single INSERT.
 */
import { Pool } from "pg";

type Outgoing = { from: string; to: string; content: string };
export type Stored = Outgoing & { id: string };
/** Settles in the order of the calls. */
export type Store = (message: Outgoing) => Promise<Stored>;

type Waiting = { message: Outgoing; resolve: (stored: Stored) => void; reject: (error: unknown) => void };

/** With `DATABASE_URL` by group commit, without it a number and nothing else. */
export function createStore(databaseUrl: string | undefined): Store {
  if (databaseUrl !== undefined) return createGroupCommit(databaseUrl);
  let last = 0;
  return (message) => {
    last += 1;
    return Promise.resolve({ ...message, id: String(last) });
  };
}

function createGroupCommit(connectionString: string): Store {
  const pool = new Pool({ connectionString, max: 1 });
  let waiting: Waiting[] = [];
  let committing = false;

  async function commitAll(): Promise<void> {
    committing = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const ids = await insert(batch.map(({ message }) => message));
        for (const [index, { message, resolve }] of batch.entries()) {
          resolve({ ...message, id: ids[index] ?? "" });
        }
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    committing = false;
  }

  async function insert(messages: Outgoing[]): Promise<string[]> {
    const { rows } = await pool.query<{ id: string }>({
      name: "insert-messages",
      text: `insert into messages (sender_id, recipient_id, content)
        select sender_id, recipient_id, content
        from unnest($1::uuid[], $2::uuid[], $3::text[]) with ordinality
          as incoming(sender_id, recipient_id, content, position)
        order by position
        returning id`,
      values: [
        messages.map(({ from }) => from),
        messages.map(({ to }) => to),
        messages.map(({ content }) => content),
      ],
    });
    return rows.map(({ id }) => id);
  }

  return (message) =>
    new Promise((resolve, reject) => {
      waiting.push({ message, resolve, reject });
      if (!committing) void commitAll();
    });
}
