import {
  CryptoError,
  decodeBase64,
  decodeBase64Url,
  encodeBase64,
  formatRecoveryKey,
  generateKeyPair,
  generateRecoveryKey,
  type KeyPair,
  openVaultSlot,
  parsePublicKey,
  parseRecoveryKey,
  passwordSlotKey,
  recoveryProof,
  recoverySlotKey,
  sealVaultSlot,
  type VaultSlot,
  type WrappingKey,
} from "@sotto/crypto";
import { sessionGrantSchema, type SessionGrant, usernameSchema } from "@sotto/protocol";
import type { Api } from "./api.ts";
import { serverReason, SottoError } from "./errors.ts";
import { keyStretching, loadOpaque } from "./opaque.ts";
import { assertStrongPassword } from "./password.ts";
import { deviceName } from "./runtime.ts";

/** What a finished sign-up, sign-in or recovery gives: a session, and the account's key pair on this device. */
export type SignedIn = { grant: SessionGrant; keyPair: KeyPair };

/**
 * Makes the key pair, seals it into both vault slots and registers. The recovery key exists nowhere but in the answer.
 *
 * @throws SottoError `bad-input`, `weak-password`, `username-taken`, `registration-closed`, `invite-code-wrong`
 */
export async function signUp(
  api: Api,
  input: { username: string; password: string; inviteCode?: string },
): Promise<SignedIn & { recoveryKey: string }> {
  const { username, password } = input;
  const invite = input.inviteCode === undefined ? {} : { inviteCode: input.inviteCode };
  assertUsername(username);
  await assertStrongPassword(password, username);
  const opaque = await loadOpaque();

  const { clientRegistrationState, registrationRequest } = opaque.startRegistration({ password });
  const { registrationResponse } = await api.auth.registerStart.mutate({
    username,
    registrationRequest,
    ...invite,
  });
  const { registrationRecord, exportKey } = opaque.finishRegistration({
    clientRegistrationState,
    registrationResponse,
    password,
    keyStretching,
  });

  const keyPair = generateKeyPair();
  const recoveryKey = generateRecoveryKey();
  const publicKey = encodeBase64(keyPair.publicKey);
  const recoveryProofHash = encodeBase64(await sha256(recoveryProof(recoveryKey)));
  const finish = () =>
    api.auth.registerFinish.mutate({
      username,
      registrationRecord,
      publicKey,
      passwordSlot: passwordSlot(exportKey, keyPair),
      recoverySlot: encodeBase64(
        sealVaultSlot({ slot: "recovery", wrappingKey: recoverySlotKey(recoveryKey), keyPair }),
      ),
      recoveryProofHash,
      device: deviceName(),
      ...invite,
    });
  const grant = await finish().catch(async (error: unknown) => {
    // Where the answer got lost the account may exist, and its recovery key nowhere but here: see whether it is ours.
    if (serverReason(error) !== null) throw error;
    const again = await signIn(api, { username, password }).catch(() => null);
    if (again?.grant.user.publicKey !== publicKey) throw error;
    return again.grant;
  });
  return { grant: sessionGrantSchema.parse(grant), keyPair, recoveryKey: formatRecoveryKey(recoveryKey) };
}

/** @throws SottoError `wrong-credentials` for an unknown name and for a wrong password alike */
export async function signIn(api: Api, input: { username: string; password: string }): Promise<SignedIn> {
  const { username, password } = input;
  if (!usernameSchema.safeParse(username).success || password === "") throw wrongCredentials();
  const opaque = await loadOpaque();
  const { clientLoginState, startLoginRequest } = opaque.startLogin({ password });
  const { challengeId, loginResponse } = await api.auth.loginStart.mutate({ username, startLoginRequest });
  const login = opaque.finishLogin({ clientLoginState, loginResponse, password, keyStretching });
  if (login === undefined) throw wrongCredentials();
  const answer = await api.auth.loginFinish.mutate({
    challengeId,
    finishLoginRequest: login.finishLoginRequest,
    device: deviceName(),
  });
  const grant = sessionGrantSchema.parse(answer);
  const keyPair = openSlot(
    "password",
    passwordSlotKey(decodeBase64Url(login.exportKey)),
    grant.user.publicKey,
    answer.passwordSlot,
  );
  return { grant, keyPair };
}

/** @throws SottoError `wrong-recovery-key`, `weak-password`, or `wrong-credentials` from the server */
export async function recover(
  api: Api,
  input: { username: string; recoveryKey: string; newPassword: string },
): Promise<SignedIn> {
  const { username, newPassword: password } = input;
  const recoveryKey = parsedRecoveryKey(input.recoveryKey);
  assertUsername(username);
  await assertStrongPassword(password, username);
  const opaque = await loadOpaque();

  const { clientRegistrationState, registrationRequest } = opaque.startRegistration({ password });
  const { recoverySlot, registrationResponse, token, user } = await api.auth.recoverStart.mutate({
    username,
    proof: encodeBase64(recoveryProof(recoveryKey)),
    registrationRequest,
  });
  const keyPair = openRecoverySlot(recoveryKey, user.publicKey, recoverySlot);
  const { registrationRecord, exportKey } = opaque.finishRegistration({
    clientRegistrationState,
    registrationResponse,
    password,
    keyStretching,
  });
  const grant = await api.auth.recoverFinish.mutate({
    token,
    registrationRecord,
    passwordSlot: passwordSlot(exportKey, keyPair),
    device: deviceName(),
  });
  return { grant: sessionGrantSchema.parse(grant), keyPair };
}

/** Wraps the same key pair anew; nothing is encrypted again. @throws SottoError `wrong-credentials`, `weak-password` */
export async function changePassword(
  api: Api,
  input: { username: string; oldPassword: string; newPassword: string; keyPair: KeyPair },
): Promise<void> {
  const { username, oldPassword, newPassword, keyPair } = input;
  await assertStrongPassword(newPassword, username);
  const opaque = await loadOpaque();

  const { clientLoginState, startLoginRequest } = opaque.startLogin({ password: oldPassword });
  const { clientRegistrationState, registrationRequest } = opaque.startRegistration({
    password: newPassword,
  });
  const { challengeId, loginResponse, registrationResponse } = await api.auth.changePasswordStart.mutate({
    startLoginRequest,
    registrationRequest,
  });
  const login = opaque.finishLogin({ clientLoginState, loginResponse, password: oldPassword, keyStretching });
  if (login === undefined) throw new SottoError("wrong-credentials", "The current password is wrong.");
  const { registrationRecord, exportKey } = opaque.finishRegistration({
    clientRegistrationState,
    registrationResponse,
    password: newPassword,
    keyStretching,
  });
  await api.auth.changePassword.mutate({
    challengeId,
    finishLoginRequest: login.finishLoginRequest,
    registrationRecord,
    passwordSlot: passwordSlot(exportKey, keyPair),
  });
}

function passwordSlot(exportKey: string, keyPair: KeyPair): string {
  const wrappingKey = passwordSlotKey(decodeBase64Url(exportKey));
  return encodeBase64(sealVaultSlot({ slot: "password", wrappingKey, keyPair }));
}

export function openRecoverySlot(recoveryKey: Uint8Array, publicKey: string, sealed: string): KeyPair {
  return openSlot("recovery", recoverySlotKey(recoveryKey), publicKey, sealed);
}

function openSlot<Slot extends VaultSlot>(
  slot: Slot,
  wrappingKey: WrappingKey<Slot>,
  publicKey: string,
  sealed: string,
): KeyPair {
  try {
    return openVaultSlot({
      slot,
      wrappingKey,
      publicKey: parsePublicKey(publicKey),
      sealed: decodeBase64(sealed),
    });
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw new SottoError(
      "untrusted-answer",
      "The server returned a vault that is not this account's, so nothing was opened. Tell whoever runs it.",
      { cause: error },
    );
  }
}

export function parsedRecoveryKey(text: string): Uint8Array {
  try {
    return parseRecoveryKey(text);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    throw new SottoError("wrong-recovery-key", error.message, { cause: error });
  }
}

function assertUsername(username: string): void {
  const parsed = usernameSchema.safeParse(username);
  if (!parsed.success)
    throw new SottoError("bad-input", parsed.error.issues[0]?.message ?? "This is not a username.");
}

function wrongCredentials(): SottoError {
  return new SottoError("wrong-credentials", "The username or the password is wrong.");
}

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
}
