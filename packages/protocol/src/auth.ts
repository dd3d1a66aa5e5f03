import * as z from "zod/mini";
import { lengthAtLeast, lengthAtMost } from "./length.ts";
import { base64Schema, opaqueMessageSchema, uuidSchema } from "./ids.ts";
import { limits } from "./limits.ts";
import { usernameSchema } from "./username.ts";
import { printablePattern, publicKeySchema, userSchema } from "./users.ts";

/** What the person reads in the list of sessions: "Firefox on Linux". */
const deviceSchema = z
  .string()
  .check(
    lengthAtLeast(1),
    lengthAtMost(limits.deviceNameMaxLength),
    z.regex(printablePattern, "A device name has no control characters."),
  );
const inviteCodeSchema = z.optional(z.string().check(lengthAtMost(limits.inviteCodeMaxLength)));
const vaultSlotSchema = base64Schema(1_024);
/** 32 bytes. */
const digestSchema = base64Schema(32);
/** 256 random bits in base64url: a one-use secret that names a row. */
const oneUseTokenSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/, "must be a token"));

export const registerStartInput = z.object({
  username: usernameSchema,
  registrationRequest: opaqueMessageSchema,
  inviteCode: inviteCodeSchema,
});

export const registerFinishInput = z.object({
  username: usernameSchema,
  registrationRecord: opaqueMessageSchema,
  publicKey: publicKeySchema,
  passwordSlot: vaultSlotSchema,
  recoverySlot: vaultSlotSchema,
  /** SHA-256 of the recovery proof. */
  recoveryProofHash: digestSchema,
  inviteCode: inviteCodeSchema,
  device: deviceSchema,
});

export const loginStartInput = z.object({
  username: usernameSchema,
  startLoginRequest: opaqueMessageSchema,
});

export const loginFinishInput = z.object({
  challengeId: oneUseTokenSchema,
  finishLoginRequest: opaqueMessageSchema,
  device: deviceSchema,
});

export const recoverStartInput = z.object({
  username: usernameSchema,
  /** 32 bytes derived from the recovery key. */
  proof: digestSchema,
  registrationRequest: opaqueMessageSchema,
});

export const recoverFinishInput = z.object({
  token: oneUseTokenSchema,
  registrationRecord: opaqueMessageSchema,
  passwordSlot: vaultSlotSchema,
  device: deviceSchema,
});

export const changePasswordStartInput = z.object({
  startLoginRequest: opaqueMessageSchema,
  registrationRequest: opaqueMessageSchema,
});

export const changePasswordInput = z.object({
  challengeId: oneUseTokenSchema,
  finishLoginRequest: opaqueMessageSchema,
  registrationRecord: opaqueMessageSchema,
  passwordSlot: vaultSlotSchema,
});

/** What is done only for someone who proves to know the password at that moment. */
export const confirmedActions = ["renew-recovery-key", "delete-account"] as const;
export type ConfirmedAction = (typeof confirmedActions)[number];

export const confirmStartInput = z.object({
  action: z.enum(confirmedActions),
  startLoginRequest: opaqueMessageSchema,
});

export const renewRecoveryKeyInput = z.object({
  challengeId: oneUseTokenSchema,
  finishLoginRequest: opaqueMessageSchema,
  recoverySlot: vaultSlotSchema,
  /** SHA-256 of the recovery proof. */
  recoveryProofHash: digestSchema,
});

export const deleteAccountInput = z.object({
  challengeId: oneUseTokenSchema,
  finishLoginRequest: opaqueMessageSchema,
});

/** 16 random bytes that a caller keeps before it asks, and names again when it heard no answer. */
export const refreshInput = z.optional(z.object({ attempt: z.optional(base64Schema(16)) }));
export const extendInput = z.object({ accessToken: z.string().check(lengthAtMost(2_048)) });
export const revokeSessionInput = z.object({ sessionId: uuidSchema });

/** Answer to every call that starts or renews a session. The refresh token travels beside it, in a cookie. */
export const sessionGrantSchema = z.object({
  user: userSchema,
  sessionId: uuidSchema,
  accessToken: z.string(),
  /** Milliseconds until the access token runs out, so that no clocks are compared. */
  expiresInMs: z.number(),
});
export type SessionGrant = z.infer<typeof sessionGrantSchema>;

export const registrationModes = ["open", "closed", "invite"] as const;
export type RegistrationMode = (typeof registrationModes)[number];

/** One row of the list of sessions. Times are ISO 8601 in UTC. */
export type SessionInfo = {
  id: string;
  device: string;
  createdAt: string;
  lastUsedAt: string;
  current: boolean;
};
