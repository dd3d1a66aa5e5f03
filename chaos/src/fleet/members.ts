/**
 * Accounts with a session each, written into the database as a sign-up leaves them. The way in stretches passwords on
 * purpose, a third of a second of one core for each person, and what is measured with these comes after it: they
 * resume, as every app does that was opened before.
 */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { createAccount, createSession, type Db } from "@sotto/db";

export type Member = {
  id: string;
  username: string;
  sessionId: string;
  /** Base64. */
  publicKey: string;
  secretKey: string;
  /** The refresh cookie as `name=value`. */
  cookie: string;
};

const idleMs = 24 * 60 * 60_000;

/** @param port the server's: on plain http the name of the cookie has it */
export async function createMembers(
  db: Db,
  { count, port, prefix = "member" }: { count: number; port: number; prefix?: string },
): Promise<Member[]> {
  const members: Member[] = [];
  for (let index = 0; index < count; index += 1) {
    members.push(await createMember(db, `${prefix}${index}`, port));
  }
  return members;
}

async function createMember(db: Db, username: string, port: number): Promise<Member> {
  const keyPair = generateKeyPair();
  const id = randomUUID();
  const sessionId = randomUUID();
  const token = randomBytes(32).toString("base64url");
  const publicKey = encodeBase64(keyPair.publicKey);
  // Nobody signs in with these: they only have to be there.
  const registrationRecord = `never used ${id}`;
  const unused = encodeBase64(randomBytes(32));
  const user = await createAccount(db, {
    id,
    username,
    publicKey,
    registrationRecord,
    passwordSlot: unused,
    recoverySlot: unused,
    recoveryProofHash: unused,
  });
  const refreshHash = createHash("sha256").update(token).digest("hex");
  const session = { id: sessionId, userId: id, registrationRecord, device: "fleet", refreshHash, idleMs };
  if (user === null || !(await createSession(db, session))) {
    throw new Error(`${username} could not be made: the database is not a fresh one.`);
  }
  return {
    id,
    username,
    sessionId,
    publicKey,
    secretKey: encodeBase64(keyPair.secretKey),
    cookie: `sotto_${port}=${token}`,
  };
}
