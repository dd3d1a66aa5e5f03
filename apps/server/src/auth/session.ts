/** Who is calling: a user on one of their devices. */
export type Session = { readonly userId: string; readonly sessionId: string };
