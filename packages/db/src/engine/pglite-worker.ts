/** The thread in which the embedded database runs, so that no query holds up the event loop of the server. */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite, types } from "@electric-sql/pglite";
import { parseBytea, parseInt8 } from "./parsers.ts";
import type { CopiedError, WorkerAnswer, WorkerRequest } from "./pglite-messages.ts";

const port = parentPort;
if (!port) throw new Error("This module runs in a worker thread.");
const answer = (message: WorkerAnswer) => port.postMessage(message);

const { directory } = workerData as { directory: string };
try {
  const database = await PGlite.create(directory, {
    parsers: { [types.INT8]: parseInt8, [types.BYTEA]: parseBytea },
  });
  // PGlite runs one query after the other in the order of the calls, and so the answers come in that order.
  port.on("message", (request: WorkerRequest) => void serve(database, request));
  answer({ kind: "ready" });
} catch (error) {
  answer({ kind: "unusable", error: copyError(error) });
}

async function serve(database: PGlite, request: WorkerRequest): Promise<void> {
  const { id } = request;
  try {
    if (request.kind === "close") {
      await database.close();
      answer({ kind: "closed", id });
      port?.close();
    } else {
      const { rows, affectedRows, command } = await database.query(request.sql, request.parameters);
      answer({ kind: "answer", id, answer: { rows, affectedRows, command } });
    }
  } catch (error) {
    answer({ kind: "error", id, error: copyError(error) });
  }
}

function copyError(error: unknown): CopiedError {
  const field = (name: string): string | undefined => {
    const value: unknown =
      typeof error === "object" && error !== null ? (error as Record<string, unknown>)[name] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return {
    message: error instanceof Error ? error.message : String(error),
    code: field("code"),
    detail: field("detail"),
    constraint: field("constraint"),
  };
}
