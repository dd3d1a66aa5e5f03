import {
  storeMessages,
  writeMarks,
  type Acknowledgement,
  type AcknowledgementOutcome,
  type Db,
  type FeedRun,
  type ReadMark,
  type ReadOutcome,
  type Send,
} from "@sotto/db";
import type { SendResult } from "@sotto/protocol";
import { Lane, type LaneOptions } from "./lane.ts";

/** Messages of one batch, and characters of their content; a send is never split. */
const maxMessages = 500;
const maxCharacters = 4 * 1024 * 1024;
const maxMarks = 500;
const marksPauseMs = 200;

/**
 * All that is written often, in lanes that do not wait for each other. The database keeps apart what concerns the same
 * feeds, by the order of locks that all transactions share.
 *
 * Marks are for nobody to wait on: one transaction in `marksPauseMs` takes all that one can take.
 */
export class WriteQueue {
  readonly #sends: Lane<Send, SendResult[]>;
  readonly #acknowledgements: Lane<Acknowledgement, AcknowledgementOutcome>;
  readonly #readMarks: Lane<ReadMark, ReadOutcome>;

  constructor(db: Db, publish: (runs: readonly FeedRun[]) => void) {
    this.#sends = new Lane({
      publish,
      fit: countSends,
      work: async (sends) => {
        const { results, runs } = await storeMessages(db, sends);
        return { outcomes: results, runs };
      },
    });
    const createMarksLane = <Item, Outcome extends string>(work: LaneOptions<Item, Outcome>["work"]) =>
      new Lane<Item, Outcome>({
        publish,
        work,
        fit: () => maxMarks,
        pauseMs: marksPauseMs,
        isUnfinished: (outcome) => outcome === "more",
      });
    this.#acknowledgements = createMarksLane(async (acknowledgements) => {
      const written = await writeMarks(db, { acknowledgements, readMarks: [] });
      return { outcomes: written.acknowledgements, runs: written.runs };
    });
    this.#readMarks = createMarksLane(async (readMarks) => {
      const written = await writeMarks(db, { acknowledgements: [], readMarks });
      return { outcomes: written.readMarks, runs: written.runs };
    });
  }

  send(item: Send): Promise<SendResult[]> {
    return this.#sends.put(item);
  }

  acknowledge(item: Acknowledgement): Promise<AcknowledgementOutcome> {
    return this.#acknowledgements.put(item);
  }

  markRead(item: ReadMark): Promise<ReadOutcome> {
    return this.#readMarks.put(item);
  }

  /** From now on nothing waits for company. Settles when everything is written. */
  async close(): Promise<void> {
    await Promise.all([this.#sends.close(), this.#acknowledgements.close(), this.#readMarks.close()]);
  }
}

/** How many of the first sends fit into a batch; one always does. */
function countSends(sends: readonly Send[]): number {
  let messages = 0;
  let characters = 0;
  for (const [index, send] of sends.entries()) {
    messages += send.messages.length;
    for (const { envelopes } of send.messages) {
      for (const { content } of envelopes) characters += content.length;
    }
    if (index > 0 && (messages > maxMessages || characters > maxCharacters)) return index;
  }
  return sends.length;
}
