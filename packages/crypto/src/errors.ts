export type CryptoErrorCode =
  /** Text that is not canonical base64, or base64url where that is expected. */
  | "bad-base64"
  /** A value whose number of bytes is not the one required. */
  | "bad-length"
  /** A public key that is not the one encoding of its point (bit 255 set, or not below 2^255 − 19). */
  | "non-canonical-public-key"
  /** A public key with which every shared secret would be the same. */
  | "low-order-public-key"
  /** The keyring was wiped. */
  | "keyring-wiped"
  /** Bytes that do not begin like an envelope. */
  | "not-an-envelope"
  | "unknown-version"
  | "unknown-suite"
  /** Key ids that are not those of the given keys, or a keyring that is neither sender nor recipient. */
  | "wrong-key"
  /** The box does not open: another key, or altered bytes. */
  | "cannot-open"
  /** Opened, but made for another place (conversation, people, user, version). */
  | "wrong-context"
  /** An id that cannot be part of a context: empty, or not well-formed text. */
  | "bad-id"
  | "bad-padding"
  /** A counter that is not an integer from 1 to 2^53 − 1. */
  | "bad-counter"
  /** Any other number outside its range: kind, time, version. */
  | "bad-number"
  | "too-large"
  | "bad-recovery-key"
  /** Bytes that are not a vault slot, or not the slot asked for. */
  | "bad-slot"
  /** Bytes that are not sealed account data. */
  | "bad-account-data"
  /** Bytes that are not a sealed record. */
  | "bad-record";

/** The one error of this package. `code` is for programs, `message` for people; neither ever holds a secret. */
export class CryptoError extends Error {
  override readonly name = "CryptoError";
  readonly code: CryptoErrorCode;

  constructor(code: CryptoErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
