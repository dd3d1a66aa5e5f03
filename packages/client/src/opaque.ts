import type * as OpaqueModule from "@serenity-kit/opaque";

/** Argon2id with 64 MiB, 3 passes and 4 lanes (RFC 9106, section 4, second recommendation). Frozen: it shapes the keys. */
export const keyStretching = "memory-constrained" as const;

/** OPAQUE (RFC 9807) as WebAssembly, loaded only when someone signs in, signs up or changes a password. */
export async function loadOpaque(): Promise<typeof OpaqueModule.client> {
  const opaque = await import("@serenity-kit/opaque");
  await opaque.ready;
  return opaque.client;
}
