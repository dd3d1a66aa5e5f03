import {
  encodeBase64,
  formatRecoveryKey,
  generateRecoveryKey,
  type KeyPair,
  recoveryProof,
  recoverySlotKey,
  sealVaultSlot,
} from "@sotto/crypto";
import type { ConfirmedAction } from "@sotto/protocol";
import type { Api } from "./api.ts";
import { SottoError } from "./errors.ts";
import { keyStretching, loadOpaque } from "./opaque.ts";
import { openRecoverySlot, parsedRecoveryKey, sha256 } from "./sign-in.ts";

/** What the server does only for someone who proves the password at that moment, though they are signed in. */

/** A recovery key that opens nothing yet, so that a person can write it down before the one before stops working. */
export function createRecoveryKey(): string {
  return formatRecoveryKey(generateRecoveryKey());
}

/**
 * Seals the secret under a new recovery key; the one before opens nothing from then on. May be repeated with the same
 * key where the answer was lost.
 *
 * @throws SottoError `wrong-recovery-key` for one that is malformed, `wrong-credentials` for the password
 */
export async function renewRecoveryKey(
  api: Api,
  { recoveryKey: text, password, keyPair }: { recoveryKey: string; password: string; keyPair: KeyPair },
): Promise<void> {
  const recoveryKey = parsedRecoveryKey(text);
  const proof = await provePassword(api, "renew-recovery-key", password);
  const wrappingKey = recoverySlotKey(recoveryKey);
  await api.auth.renewRecoveryKey.mutate({
    ...proof,
    recoverySlot: encodeBase64(sealVaultSlot({ slot: "recovery", wrappingKey, keyPair })),
    recoveryProofHash: encodeBase64(await sha256(recoveryProof(recoveryKey))),
  });
}

/** @throws SottoError `wrong-credentials` */
export async function deleteAccount(api: Api, password: string): Promise<void> {
  await api.auth.deleteAccount.mutate(await provePassword(api, "delete-account", password));
}

/**
 * Whether this recovery key would still open the account, tried as a recovery would try it, up to the point where
 * something changes.
 *
 * @throws SottoError `wrong-recovery-key` for one that is malformed, `wrong-credentials` for one of another account
 */
export async function checkRecoveryKey(
  api: Api,
  { username, recoveryKey: text }: { username: string; recoveryKey: string },
): Promise<void> {
  const recoveryKey = parsedRecoveryKey(text);
  const opaque = await loadOpaque();
  const { registrationRequest } = opaque.startRegistration({ password: "never finished" });
  const { recoverySlot, user } = await api.auth.recoverStart.mutate({
    username,
    proof: encodeBase64(recoveryProof(recoveryKey)),
    registrationRequest,
  });
  openRecoverySlot(recoveryKey, user.publicKey, recoverySlot);
}

async function provePassword(api: Api, action: ConfirmedAction, password: string) {
  const opaque = await loadOpaque();
  const { clientLoginState, startLoginRequest } = opaque.startLogin({ password });
  const { challengeId, loginResponse } = await api.auth.confirmStart.mutate({ action, startLoginRequest });
  const login = opaque.finishLogin({ clientLoginState, loginResponse, password, keyStretching });
  if (login === undefined) throw new SottoError("wrong-credentials", "The password is wrong.");
  return { challengeId, finishLoginRequest: login.finishLoginRequest };
}
