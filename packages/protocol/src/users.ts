import * as z from "zod/mini";
import { lengthAtLeast, lengthAtMost } from "./length.ts";
import { base64Schema, uuidSchema } from "./ids.ts";
import { limits } from "./limits.ts";
import { usernameSchema } from "./username.ts";

/** Nothing of Unicode's class Cc. PostgreSQL stores no NUL, and people should read no escape sequence. */
export const printablePattern = /^\P{Cc}*$/u;

/** X25519 public key: 32 bytes, 44 base64 characters. */
export const publicKeySchema = base64Schema(32);

export const userSchema = z.object({
  id: uuidSchema,
  username: usernameSchema,
  publicKey: publicKeySchema,
});
export type WireUser = z.infer<typeof userSchema>;

export const searchUsersInput = z.object({
  prefix: z
    .string()
    .check(
      lengthAtLeast(
        limits.searchPrefixMinLength,
        `Type at least ${limits.searchPrefixMinLength} characters of the name.`,
      ),
      lengthAtMost(limits.usernameMaxLength),
      z.regex(printablePattern, "A name has no control characters."),
    ),
});

export const getUserInput = z.object({ userId: uuidSchema });

export const blockUserInput = z.object({ userId: uuidSchema });

/** Answer of `users.blocked`: whom the caller has blocked, the first one first. */
export const blockedUsersSchema = z.object({ userIds: z.array(uuidSchema) });
export type BlockedUsers = z.infer<typeof blockedUsersSchema>;
