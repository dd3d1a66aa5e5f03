import type { SessionGrant } from "@sotto/protocol";

/** What a sign-in or a refresh gives, with `token-<number>` as its access token. */
export function grantOf(number: number): SessionGrant {
  return {
    user: {
      id: "01890a5d-ac96-774b-bcce-b302099a8057",
      username: "ada",
      publicKey: Buffer.alloc(32, 9).toString("base64"),
    },
    sessionId: "01890a5d-ac96-774b-bcce-b302099a8058",
    accessToken: `token-${number}`,
    expiresInMs: 600_000,
  };
}
