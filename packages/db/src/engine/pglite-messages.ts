/** What passes between the proxy and the worker. Answers come in the order of the requests. */
export type WorkerRequest =
  | { kind: "query"; id: number; sql: string; parameters: unknown[] }
  | { kind: "close"; id: number };

export type QueryAnswer = { rows: unknown[]; affectedRows: number | undefined; command: string | undefined };

/** The fields of PostgreSQL's error that callers read: structured clone keeps none but the message. */
export type CopiedError = {
  message: string;
  code: string | undefined;
  detail: string | undefined;
  constraint: string | undefined;
};

export type WorkerAnswer =
  | { kind: "ready" }
  | { kind: "unusable"; error: CopiedError }
  | { kind: "answer"; id: number; answer: QueryAnswer }
  | { kind: "closed"; id: number }
  | { kind: "error"; id: number; error: CopiedError };
