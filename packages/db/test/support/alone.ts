/** One item in a batch of its own, as it is written where nothing else waits. */
import { writeBatch, type Acknowledgement, type Db, type ReadMark, type Send } from "../../src/index.ts";

const nothing = { sends: [], acknowledgements: [], readMarks: [] };

export async function storeMessages(db: Db, send: Send) {
  const { sends, runs } = await writeBatch(db, { ...nothing, sends: [send] });
  return { results: sends[0] ?? [], wake: runs.map(({ userId }) => userId) };
}

export async function acknowledge(db: Db, acknowledgement: Acknowledgement) {
  const { acknowledgements, runs } = await writeBatch(db, {
    ...nothing,
    acknowledgements: [acknowledgement],
  });
  const [outcome] = acknowledgements;
  return outcome === "done" ? { wake: runs.map(({ userId }) => userId) } : outcome;
}

export async function markRead(db: Db, mark: ReadMark) {
  const { readMarks, runs } = await writeBatch(db, { ...nothing, readMarks: [mark] });
  const [outcome] = readMarks;
  return outcome === "done" ? { wake: runs.map(({ userId }) => userId) } : outcome;
}
