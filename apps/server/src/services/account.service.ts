import { findAccountData, putAccountData } from "@sotto/db";
import type { AccountData, putAccountDataInput } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { assertBase64 } from "../lib/inputs.ts";
import { RequestError } from "../lib/request-error.ts";

export function getAccountData(app: App, session: Session): Promise<AccountData> {
  return findAccountData(app.db, session.userId);
}

export async function storeAccountData(
  app: App,
  session: Session,
  input: z.infer<typeof putAccountDataInput>,
): Promise<{ version: number }> {
  assertBase64("sealed", input.sealed);
  const stored = await putAccountData(app.db, { userId: session.userId, ...input });
  if (!stored) {
    throw new RequestError(
      "version-conflict",
      "Another device stored newer account data. Load it and try again.",
    );
  }
  app.notifier.publish(stored.runs);
  return { version: stored.version };
}
