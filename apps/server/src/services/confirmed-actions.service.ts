import { deleteAccount, getCredentialsOf, replaceRecoveryKey } from "@sotto/db";
import type { confirmStartInput, deleteAccountInput, renewRecoveryKeyInput } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import { createLoginChallenge } from "../auth/login-challenge.ts";
import { takePasswordProof, wrongPassword } from "../auth/password-proof.ts";
import { clearRefreshCookie } from "../auth/refresh-cookie.ts";
import type { Session } from "../auth/session.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { assertBase64 } from "../lib/inputs.ts";

/** What a session alone may not do: a device that was left open is not its owner. */
export async function startConfirmation(
  app: App,
  session: Session,
  { action, startLoginRequest }: z.infer<typeof confirmStartInput>,
): Promise<{ challengeId: string; loginResponse: string }> {
  await app.rateLimits.take("passwordChange", session.userId);
  const { user, registrationRecord } = await getCredentialsOf(app.db, session.userId);
  return createLoginChallenge(app, {
    kind: action,
    userId: session.userId,
    username: user.username,
    registrationRecord,
    startLoginRequest,
  });
}

export async function renewRecoveryKey(
  app: App,
  session: Session,
  input: z.infer<typeof renewRecoveryKeyInput>,
): Promise<void> {
  assertBase64("recoverySlot", input.recoverySlot);
  assertBase64("recoveryProofHash", input.recoveryProofHash, 32);
  const provedRecord = await takePasswordProof(app, session, "renew-recovery-key", input);
  const { recoverySlot, recoveryProofHash } = input;
  const replaced = await replaceRecoveryKey(app.db, {
    userId: session.userId,
    provedRecord,
    recoverySlot,
    recoveryProofHash,
  });
  if (!replaced) throw wrongPassword();
  app.logger.info({ userId: session.userId }, "recovery key renewed");
}

export async function deleteOwnAccount(
  app: App,
  session: Session,
  exchange: HttpExchange,
  input: z.infer<typeof deleteAccountInput>,
): Promise<void> {
  const provedRecord = await takePasswordProof(app, session, "delete-account", input);
  const deleted = await deleteAccount(app.db, { userId: session.userId, provedRecord });
  if (!deleted) throw wrongPassword();
  clearRefreshCookie(app, exchange);
  app.notifier.revoke(deleted.endedSessionIds);
  app.notifier.publish(deleted.runs);
  app.logger.info({ userId: session.userId }, "account deleted");
}
