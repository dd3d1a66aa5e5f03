import { randomUUID, timingSafeEqual } from "node:crypto";
import { createAccount, findUserByUsername } from "@sotto/db";
import type {
  registerFinishInput,
  registerStartInput,
  RegistrationMode,
  SessionGrant,
} from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import { answerRegistration, assertRegistrationRecord } from "../auth/opaque.ts";
import { beginSession } from "../auth/session-grant.ts";
import type { HttpExchange } from "../http/http-exchange.ts";
import { assertBase64, assertPublicKey } from "../lib/inputs.ts";
import { hashToken } from "../lib/one-use-token.ts";
import { RequestError } from "../lib/request-error.ts";

export function registrationOptions(app: App): { registration: RegistrationMode } {
  return { registration: app.config.registration };
}

/** Looks at name and invite code already here, so that nobody waits for a slow hash only to be refused. */
export async function startRegistration(
  app: App,
  address: string,
  input: z.infer<typeof registerStartInput>,
): Promise<{ registrationResponse: string }> {
  await app.rateLimits.take("signUpStart", address);
  assertInvited(app, input.inviteCode);
  if (await findUserByUsername(app.db, input.username)) throw usernameTaken(input.username);
  return {
    registrationResponse: answerRegistration(
      app.opaqueServerSetup,
      input.username,
      input.registrationRequest,
    ),
  };
}

export async function finishRegistration(
  app: App,
  address: string,
  exchange: HttpExchange,
  input: z.infer<typeof registerFinishInput>,
): Promise<SessionGrant> {
  await app.rateLimits.take("signUp", address);
  assertInvited(app, input.inviteCode);
  assertPublicKey(input.publicKey);
  assertBase64("passwordSlot", input.passwordSlot);
  assertBase64("recoverySlot", input.recoverySlot);
  assertBase64("recoveryProofHash", input.recoveryProofHash, 32);
  assertRegistrationRecord(app.opaqueServerSetup, input.registrationRecord);
  const { username, publicKey, registrationRecord, passwordSlot, recoverySlot, recoveryProofHash } = input;
  const user = await createAccount(app.db, {
    id: randomUUID(),
    username,
    publicKey,
    registrationRecord,
    passwordSlot,
    recoverySlot,
    recoveryProofHash,
  });
  if (!user) throw usernameTaken(username);
  app.logger.info({ userId: user.id }, "account created");
  const grant = await beginSession(app, exchange, { user, registrationRecord, device: input.device });
  if (!grant) throw new Error("The password of an account was replaced while it was made.");
  return grant;
}

function usernameTaken(username: string): RequestError {
  return new RequestError("username-taken", `The name ${username} is taken. Choose another one.`);
}

function assertInvited({ config }: App, inviteCode: string | undefined): void {
  if (config.registration === "closed") {
    throw new RequestError("registration-closed", "This server takes no new people.");
  }
  if (config.registration !== "invite" || config.inviteCode === null) return;
  const given = Buffer.from(hashToken(inviteCode ?? ""));
  if (!timingSafeEqual(given, Buffer.from(hashToken(config.inviteCode)))) {
    throw new RequestError(
      "invite-code-wrong",
      "The invite code is wrong. Ask whoever runs this server for it.",
    );
  }
}
