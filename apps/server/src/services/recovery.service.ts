import { createHash, timingSafeEqual } from "node:crypto";
import { decodeBase64 } from "@sotto/crypto/inspect";
import {
  createChallenge,
  findCredentials,
  getCredentialsOf,
  replacePassword,
  takeChallenge,
} from "@sotto/db";
import type { recoverFinishInput, recoverStartInput, SessionGrant, WireUser } from "@sotto/protocol";
import { canonicalUsername } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import { answerRegistration, assertRegistrationRecord } from "../auth/opaque.ts";
import { beginSession } from "../auth/session-grant.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { assertBase64 } from "../lib/inputs.ts";
import { createToken, hashToken } from "../lib/one-use-token.ts";
import { RequestError } from "../lib/request-error.ts";

/** Compared against where there is no account: no proof hashes to it that anyone knows. */
const noProofHash = Buffer.alloc(32);

export async function startRecovery(
  app: App,
  address: string,
  input: z.infer<typeof recoverStartInput>,
): Promise<{ user: WireUser; recoverySlot: string; registrationResponse: string; token: string }> {
  await app.rateLimits.take("recoveryAddress", address);
  await app.rateLimits.take("recovery", `${address} ${canonicalUsername(input.username)}`);
  assertBase64("proof", input.proof, 32);
  const registrationResponse = answerRegistration(
    app.opaqueServerSetup,
    input.username,
    input.registrationRequest,
  );
  const account = await findCredentials(app.db, input.username);
  const proofHash = createHash("sha256").update(decodeBase64(input.proof)).digest();
  const storedHash = account ? decodeBase64(account.recoveryProofHash) : noProofHash;
  if (!timingSafeEqual(proofHash, storedHash) || !account) {
    throw new RequestError("wrong-credentials", "The username or the recovery key is wrong.");
  }
  const token = createToken();
  await createChallenge(app.db, {
    id: hashToken(token),
    kind: "recover",
    userId: account.user.id,
    // Compared again at the end: a key that was renewed meanwhile opens nothing any more.
    state: account.recoveryProofHash,
    ttlMs: app.timings.recoveryTokenMs,
  });
  return { user: account.user, recoverySlot: account.recoverySlot, registrationResponse, token };
}

/** The new password replaces the old, and every session that was there ends. */
export async function finishRecovery(
  app: App,
  address: string,
  exchange: HttpExchange,
  input: z.infer<typeof recoverFinishInput>,
): Promise<SessionGrant> {
  await app.rateLimits.take("recoveryFinish", address);
  assertBase64("passwordSlot", input.passwordSlot);
  assertRegistrationRecord(app.opaqueServerSetup, input.registrationRecord);
  const challenge = await takeChallenge(app.db, { id: hashToken(input.token), kind: "recover" });
  if (!challenge || challenge.userId === null) throw challengeExpired();
  const { user } = await getCredentialsOf(app.db, challenge.userId);
  const { registrationRecord, passwordSlot, device } = input;
  const replaced = await replacePassword(app.db, {
    userId: user.id,
    registrationRecord,
    passwordSlot,
    keepSessionId: null,
    proved: { recoveryProofHash: challenge.state },
  });
  if (!replaced) throw challengeExpired();
  const { endedSessionIds } = replaced;
  app.notifier.revoke(endedSessionIds);
  app.logger.info({ userId: user.id, endedSessions: endedSessionIds.length }, "account recovered");
  const grant = await beginSession(app, exchange, { user, registrationRecord, device });
  if (!grant) throw challengeExpired();
  return grant;
}

/** Also where another recovery or a new recovery key came in between. */
function challengeExpired(): RequestError {
  return new RequestError("challenge-expired", "The recovery took too long. Start it again.");
}
