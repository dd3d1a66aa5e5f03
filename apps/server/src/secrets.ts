import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Db } from "@sotto/db";
import { countUsers, findMeta, setMetaOnce } from "@sotto/db";
import * as z from "zod/mini";
import { createServerSetup, findSetupPublicKey, opaqueReady } from "./auth/opaque.ts";
import type { Config } from "./config.ts";
import { StartError } from "./start-error.ts";

/*
 * Two secrets, each from the environment or else from DATA_DIR/secrets.json, made on first start.
 *
 * Every password verifier in the database belongs to one OPAQUE setup: with another one nobody could sign in again,
 * and nobody would know why. So the database remembers the setup's public key, and a server that holds another
 * setup, or none where there was one, does not start. A new setup is made only for a database that never had one.
 */

export type Secrets = { jwtSecret: string; opaqueServerSetup: string };

const publicKeyMeta = "opaque_server_public_key";
const fileSchema = z.object({ jwtSecret: z.optional(z.string()), opaqueServerSetup: z.optional(z.string()) });
type SecretsFile = z.infer<typeof fileSchema>;

/** @throws StartError `secrets-unusable`, `opaque-setup` */
export async function loadSecrets(config: Config, db: Db): Promise<Secrets> {
  await opaqueReady;
  const path = join(config.dataDir, "secrets.json");
  let stored = await readSecrets(path);
  let jwtSecret = config.jwtSecret ?? stored?.jwtSecret;
  let opaqueServerSetup = config.opaqueServerSetup ?? stored?.opaqueServerSetup;

  if (jwtSecret === undefined || opaqueServerSetup === undefined) {
    if (opaqueServerSetup === undefined) await assertNoSetupBefore(db, path);
    const made = {
      jwtSecret: jwtSecret ?? randomBytes(48).toString("base64url"),
      opaqueServerSetup: opaqueServerSetup ?? createServerSetup(),
    };
    const toStore = {
      ...(config.jwtSecret === null ? { jwtSecret: made.jwtSecret } : {}),
      ...(config.opaqueServerSetup === null ? { opaqueServerSetup: made.opaqueServerSetup } : {}),
    };
    stored = await storeSecrets(path, stored, toStore);
    jwtSecret = config.jwtSecret ?? stored.jwtSecret ?? made.jwtSecret;
    opaqueServerSetup = config.opaqueServerSetup ?? stored.opaqueServerSetup ?? made.opaqueServerSetup;
  }
  await assertSetupMatches(
    db,
    opaqueServerSetup,
    config.opaqueServerSetup === null ? path : "OPAQUE_SERVER_SETUP",
  );
  return { jwtSecret, opaqueServerSetup };
}

async function assertNoSetupBefore(db: Db, path: string): Promise<void> {
  if ((await findMeta(db, publicKeyMeta)) === null && (await countUsers(db)) === 0) return;
  throw new StartError(
    "opaque-setup",
    `The OPAQUE setup is missing, but this database was used with one: without it nobody can sign in. ` +
      `Restore ${path} from your backup, or give OPAQUE_SERVER_SETUP.`,
  );
}

async function assertSetupMatches(db: Db, setup: string, source: string): Promise<void> {
  const publicKey = findSetupPublicKey(setup);
  if (publicKey === null)
    throw new StartError("opaque-setup", `The OPAQUE setup in ${source} is not a valid one.`);
  const remembered = await setMetaOnce(db, publicKeyMeta, publicKey);
  if (remembered === publicKey) return;
  throw new StartError(
    "opaque-setup",
    `The OPAQUE setup in ${source} is not the one this database was used with: nobody could sign in. ` +
      "Give the setup that belongs to it, or another database.",
  );
}

async function readSecrets(path: string): Promise<SecretsFile | null> {
  try {
    const text = await readFile(path, "utf8");
    await chmod(path, 0o600);
    return fileSchema.parse(JSON.parse(text));
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    const why = error instanceof Error && "code" in error ? `: ${String(error.code)}` : " as secrets";
    throw new StartError("secrets-unusable", `${path} can't be read${why}. Restore it from your backup.`);
  }
}

/** Whole or not at all; of two servers that start at once in one directory, the first decides. */
async function storeSecrets(
  path: string,
  before: SecretsFile | null,
  secrets: SecretsFile,
): Promise<SecretsFile> {
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const next = { ...before, ...secrets };
    await writeFile(temporary, `${JSON.stringify(next, null, 2)}\n`, {
      mode: 0o600,
      flag: "wx",
      flush: true,
    });
    if (before) {
      await rename(temporary, path);
      return next;
    }
    try {
      await link(temporary, path);
      return next;
    } catch (error) {
      if (!isErrno(error, "EEXIST")) throw error;
      return (await readSecrets(path)) ?? next;
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw new StartError("secrets-unusable", `${path} can't be written (${code}). Make DATA_DIR writable.`);
  } finally {
    await rm(temporary, { force: true });
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
