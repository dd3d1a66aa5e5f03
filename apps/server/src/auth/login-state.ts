/**
 * What the database keeps between the two halves of a proof of the password: the record it is a proof against, and
 * OPAQUE's state. Whoever acts on the proof compares the record with the one that the account has then: a password
 * that was changed in between proves nothing any more.
 */
export type LoginState = {
  /** Null where the name that was given belongs to nobody. */
  registrationRecord: string | null;
  serverLoginState: string;
};

/** Both parts are base64url. */
export function formatLoginState({ registrationRecord, serverLoginState }: LoginState): string {
  return `${registrationRecord ?? ""}.${serverLoginState}`;
}

export function parseLoginState(text: string): LoginState {
  const [record = "", serverLoginState = ""] = text.split(".");
  return { registrationRecord: record === "" ? null : record, serverLoginState };
}
