/** One item alone, as it is written where nothing else waits. */
import {
  storeMessages as storeAll,
  writeMarks,
  type Acknowledgement,
  type Db,
  type ReadMark,
  type Send,
} from "../../src/index.ts";

export async function storeMessages(db: Db, send: Send) {
  const { results, runs } = await storeAll(db, [send]);
  return { results: results[0] ?? [], wake: runs.map(({ userId }) => userId) };
}

export async function acknowledge(db: Db, acknowledgement: Acknowledgement) {
  const { acknowledgements, runs } = await writeMarks(db, {
    acknowledgements: [acknowledgement],
    readMarks: [],
  });
  const [outcome] = acknowledgements;
  return outcome === "done" ? { wake: runs.map(({ userId }) => userId) } : outcome;
}

export async function markRead(db: Db, mark: ReadMark) {
  const { readMarks, runs } = await writeMarks(db, { acknowledgements: [], readMarks: [mark] });
  const [outcome] = readMarks;
  return outcome === "done" ? { wake: runs.map(({ userId }) => userId) } : outcome;
}
