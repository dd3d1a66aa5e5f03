/** What a person proves themselves with, and their sealed secret. Nothing in it opens without the device. */
export type CredentialsTable = {
  user_id: string;
  /** OPAQUE registration record (RFC 9807), base64url. */
  registration_record: string;
  /** The account's secret key sealed under the OPAQUE export key, base64. */
  password_slot: string;
  /** The same secret sealed under the recovery key, base64. */
  recovery_slot: string;
  /** SHA-256 of the recovery proof, base64. */
  recovery_proof_hash: string;
};
