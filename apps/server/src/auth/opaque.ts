import * as opaque from "@serenity-kit/opaque";
import { canonicalUsername } from "@sotto/protocol";
import { RequestError } from "../lib/request-error.ts";

/**
 * The server's side of OPAQUE (RFC 9807): it never sees a password, not even hashed. All calls need `opaqueReady`
 * to have settled. What the library throws says nothing that a caller could act on, so it becomes one refusal.
 */
export const opaqueReady: Promise<void> = opaque.ready;

export function createServerSetup(): string {
  return opaque.server.createSetup();
}

/** Null where the text is not a server setup. */
export function findSetupPublicKey(serverSetup: string): string | null {
  try {
    return opaque.server.getPublicKey(serverSetup);
  } catch {
    return null;
  }
}

/** @throws RequestError `bad-input` */
export function answerRegistration(
  serverSetup: string,
  username: string,
  registrationRequest: string,
): string {
  return orBadInput("registrationRequest", () => {
    const userIdentifier = canonicalUsername(username);
    const params = { serverSetup, userIdentifier, registrationRequest };
    return opaque.server.createRegistrationResponse(params).registrationResponse;
  });
}

/**
 * With a null record it answers as if there were an account: one that no password opens.
 * @throws RequestError `bad-input`
 */
export function answerLogin(
  serverSetup: string,
  username: string,
  registrationRecord: string | null,
  startLoginRequest: string,
): { loginResponse: string; serverLoginState: string } {
  return orBadInput("startLoginRequest", () => {
    const userIdentifier = canonicalUsername(username);
    return opaque.server.startLogin({ serverSetup, userIdentifier, registrationRecord, startLoginRequest });
  });
}

/** Whether the caller knew the password. */
export function isLoginProved(serverLoginState: string, finishLoginRequest: string): boolean {
  try {
    opaque.server.finishLogin({ serverLoginState, finishLoginRequest });
    return true;
  } catch {
    return false;
  }
}

/**
 * A record that cannot be read would lock its owner out for good: signing in against it once, with any request,
 * shows whether it can.
 * @throws RequestError `bad-input`
 */
export function assertRegistrationRecord(serverSetup: string, registrationRecord: string): void {
  const { startLoginRequest } = opaque.client.startLogin({ password: "" });
  orBadInput("registrationRecord", () =>
    opaque.server.startLogin({ serverSetup, userIdentifier: "", registrationRecord, startLoginRequest }),
  );
}

function orBadInput<T>(field: string, run: () => T): T {
  try {
    return run();
  } catch {
    throw new RequestError("bad-input", `${field} is not a message of OPAQUE.`);
  }
}
