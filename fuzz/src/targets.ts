import { base64Target } from "./targets/base64.ts";
import { bodyTarget } from "./targets/body.ts";
import { envelopeHeadTarget } from "./targets/envelope-head.ts";
import { envelopeInsideTarget } from "./targets/envelope-inside.ts";
import { envelopeTarget } from "./targets/envelope.ts";
import { namesTarget } from "./targets/names.ts";
import { recoveryKeyTarget } from "./targets/recovery-key.ts";
import { schemasTarget } from "./targets/schemas.ts";
import { socketsTarget } from "./targets/sockets.ts";
import { tokensTarget } from "./targets/tokens.ts";
import { vaultTarget } from "./targets/vault.ts";
import type { FuzzServer } from "./server/fuzz-server.ts";
import { callsTarget } from "./targets/calls.ts";
import { credentialsTarget } from "./targets/credentials.ts";
import { opaqueTarget } from "./targets/opaque.ts";
import type { Target } from "./target.ts";

/** Those that need nothing but this process. */
export function createPureTargets(seed: number): Target[] {
  return [
    envelopeTarget(seed),
    envelopeInsideTarget(seed),
    envelopeHeadTarget(seed),
    bodyTarget(),
    base64Target(),
    vaultTarget(seed),
    recoveryKeyTarget(),
    namesTarget(),
    schemasTarget(),
    tokensTarget(),
  ];
}

/** Those that talk to a real server over real connections. */
export async function createServerTargets(server: FuzzServer): Promise<Target[]> {
  return [
    callsTarget(server),
    socketsTarget(server),
    await credentialsTarget(server),
    await opaqueTarget(server),
  ];
}
