import { type ChallengeKind, takeChallenge } from "@sotto/db";
import type { App } from "../app.ts";
import { hashToken } from "../lib/one-use-token.ts";
import { RequestError } from "../lib/request-error.ts";
import { parseLoginState } from "./login-state.ts";
import { isLoginProved } from "./opaque.ts";
import type { Session } from "./session.ts";

/**
 * Ends an exchange in which someone who is signed in proves their password once more, for one purpose. Gives the
 * OPAQUE record of that password: what is done for the proof is done only while it is still the account's.
 *
 * @throws RequestError `wrong-credentials`, also for an exchange of somebody else, of another kind, or one used up
 */
export async function takePasswordProof(
  app: App,
  session: Session,
  kind: ChallengeKind,
  { challengeId, finishLoginRequest }: { challengeId: string; finishLoginRequest: string },
): Promise<string> {
  const challenge = await takeChallenge(app.db, { id: hashToken(challengeId), kind });
  if (challenge?.userId !== session.userId) throw wrongPassword();
  const { registrationRecord, serverLoginState } = parseLoginState(challenge.state);
  if (!isLoginProved(serverLoginState, finishLoginRequest) || registrationRecord === null) {
    throw wrongPassword();
  }
  return registrationRecord;
}

export function wrongPassword(): RequestError {
  return new RequestError("wrong-credentials", "The password is wrong.");
}
