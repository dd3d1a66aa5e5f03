import { getCredentialsOf, replacePassword } from "@sotto/db";
import type { changePasswordInput, changePasswordStartInput } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import { createLoginChallenge } from "../auth/login-challenge.ts";
import { answerRegistration, assertRegistrationRecord } from "../auth/opaque.ts";
import { takePasswordProof, wrongPassword } from "../auth/password-proof.ts";
import type { Session } from "../auth/session.ts";
import { assertBase64 } from "../lib/inputs.ts";

type Start = { challengeId: string; loginResponse: string; registrationResponse: string };

/** A whole sign-in with the old password, and beside it the first half of a registration of the new one. */
export async function startPasswordChange(
  app: App,
  session: Session,
  input: z.infer<typeof changePasswordStartInput>,
): Promise<Start> {
  await app.rateLimits.take("passwordChange", session.userId);
  const { user, registrationRecord } = await getCredentialsOf(app.db, session.userId);
  const registrationResponse = answerRegistration(
    app.opaqueServerSetup,
    user.username,
    input.registrationRequest,
  );
  const challenge = await createLoginChallenge(app, {
    kind: "change-password",
    userId: session.userId,
    username: user.username,
    registrationRecord,
    startLoginRequest: input.startLoginRequest,
  });
  return { ...challenge, registrationResponse };
}

export async function finishPasswordChange(
  app: App,
  session: Session,
  input: z.infer<typeof changePasswordInput>,
): Promise<{ endedSessions: number }> {
  await app.rateLimits.take("passwordChangeFinish", session.userId);
  assertBase64("passwordSlot", input.passwordSlot);
  assertRegistrationRecord(app.opaqueServerSetup, input.registrationRecord);
  const provedRecord = await takePasswordProof(app, session, "change-password", input);
  const replaced = await replacePassword(app.db, {
    userId: session.userId,
    registrationRecord: input.registrationRecord,
    passwordSlot: input.passwordSlot,
    keepSessionId: session.sessionId,
    proved: { registrationRecord: provedRecord },
  });
  if (!replaced) throw wrongPassword();
  const { endedSessionIds } = replaced;
  app.notifier.revoke(endedSessionIds);
  app.logger.info({ userId: session.userId, endedSessions: endedSessionIds.length }, "password changed");
  return { endedSessions: endedSessionIds.length };
}
