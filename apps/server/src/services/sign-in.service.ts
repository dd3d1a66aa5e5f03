import { findCredentials, getCredentialsOf, takeChallenge } from "@sotto/db";
import type { loginFinishInput, loginStartInput, SessionGrant } from "@sotto/protocol";
import { canonicalUsername } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import { createLoginChallenge } from "../auth/login-challenge.ts";
import { parseLoginState } from "../auth/login-state.ts";
import { isLoginProved } from "../auth/opaque.ts";
import { beginSession } from "../auth/session-grant.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { hashToken } from "../lib/one-use-token.ts";
import { RequestError } from "../lib/request-error.ts";

/** Answers alike whether the name is known or not: a response of the same shape and a challenge row in both cases. */
export async function startSignIn(
  app: App,
  address: string,
  input: z.infer<typeof loginStartInput>,
): Promise<{ challengeId: string; loginResponse: string }> {
  await app.rateLimits.take("signInAddress", address);
  await app.rateLimits.take("signIn", signInKey(address, input.username));
  const account = await findCredentials(app.db, input.username);
  return createLoginChallenge(app, {
    kind: "login",
    userId: account?.user.id ?? null,
    username: input.username,
    registrationRecord: account?.registrationRecord ?? null,
    startLoginRequest: input.startLoginRequest,
  });
}

export async function finishSignIn(
  app: App,
  address: string,
  exchange: HttpExchange,
  input: z.infer<typeof loginFinishInput>,
): Promise<SessionGrant & { passwordSlot: string }> {
  const challenge = await takeChallenge(app.db, { id: hashToken(input.challengeId), kind: "login" });
  if (!challenge) throw wrongCredentials();
  const { registrationRecord, serverLoginState } = parseLoginState(challenge.state);
  const proved = isLoginProved(serverLoginState, input.finishLoginRequest);
  if (!proved || challenge.userId === null || registrationRecord === null) throw wrongCredentials();
  const { user, passwordSlot } = await getCredentialsOf(app.db, challenge.userId);
  const grant = await beginSession(app, exchange, { user, registrationRecord, device: input.device });
  if (!grant) throw wrongCredentials();
  await app.rateLimits.forgive("signIn", signInKey(address, user.username));
  return { ...grant, passwordSlot };
}

function signInKey(address: string, username: string): string {
  return `${address} ${canonicalUsername(username)}`;
}

/** One reason and one sentence, whatever was wrong: a sign-in that ran out or was overtaken by a change included. */
function wrongCredentials(): RequestError {
  return new RequestError("wrong-credentials", "The username or the password is wrong.");
}
