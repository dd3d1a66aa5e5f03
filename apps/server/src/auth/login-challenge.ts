import { type ChallengeKind, createChallenge } from "@sotto/db";
import type { App } from "../app.ts";
import { createToken, hashToken } from "../lib/one-use-token.ts";
import { formatLoginState } from "./login-state.ts";
import { answerLogin } from "./opaque.ts";

/**
 * Begins an exchange in which somebody proves their password, for one purpose. Its state is in the database, so that it
 * is used once, and by any node.
 *
 * @throws RequestError `bad-input`
 */
export async function createLoginChallenge(
  app: App,
  exchange: {
    kind: ChallengeKind;
    /** Null, and a null record, where the name that was given belongs to nobody: the answer looks alike. */
    userId: string | null;
    username: string;
    registrationRecord: string | null;
    startLoginRequest: string;
  },
): Promise<{ challengeId: string; loginResponse: string }> {
  const { kind, userId, username, registrationRecord, startLoginRequest } = exchange;
  const { loginResponse, serverLoginState } = answerLogin(
    app.opaqueServerSetup,
    username,
    registrationRecord,
    startLoginRequest,
  );
  const challengeId = createToken();
  await createChallenge(app.db, {
    id: hashToken(challengeId),
    kind,
    userId,
    state: formatLoginState({ registrationRecord, serverLoginState }),
    ttlMs: app.timings.challengeMs,
  });
  return { challengeId, loginResponse };
}
