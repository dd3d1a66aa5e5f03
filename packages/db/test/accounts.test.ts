import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { sql } from "kysely";
import {
  countUsers,
  createAccount,
  createChallenge,
  createSession,
  findAccountData,
  findCredentials,
  findMeta,
  findUserById,
  findUserByUsername,
  getCredentialsOf,
  listSessions,
  putAccountData,
  replacePassword,
  replaceRecoveryKey,
  searchUsers,
  setMetaOnce,
  takeChallenge,
} from "../src/index.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPerson, newAccount, ofKind, readWholeFeed, recordOf } from "./support/people.ts";

onBothEngines("accounts", (current) => {
  it("stores an account and finds it by id and by name in any case", async () => {
    const before = await countUsers(current.db);
    const account = newAccount("Ada.Lovelace");
    const user = await createAccount(current.db, account);
    const { id, username, publicKey } = account;
    expect(user).toEqual({ id, username, publicKey });
    expect(await findUserById(current.db, id)).toEqual(user);
    expect(await findUserByUsername(current.db, "aDA.lovelace")).toEqual(user);
    expect(await countUsers(current.db)).toBe(before + 1);
    expect(await findCredentials(current.db, "ADA.LOVELACE")).toEqual({
      user,
      registrationRecord: account.registrationRecord,
      passwordSlot: account.passwordSlot,
      recoverySlot: account.recoverySlot,
      recoveryProofHash: account.recoveryProofHash,
    });
    expect(await getCredentialsOf(current.db, id)).toEqual(await findCredentials(current.db, username));
  });

  it("knows nothing of strangers", async () => {
    expect(await findUserByUsername(current.db, "nobody")).toBeNull();
    expect(await findUserById(current.db, randomUUID())).toBeNull();
    expect(await findCredentials(current.db, "nobody")).toBeNull();
    await expect(getCredentialsOf(current.db, randomUUID())).rejects.toThrow(
      "There is no account with the id",
    );
  });

  it("gives a name away once, whatever its case and however many ask at the same time", async () => {
    const names = ["grace", "GRACE", "Grace", "gRACE", "grace", "GRACe", "grAce", "graCE"];
    const users = await Promise.all(names.map((name) => createAccount(current.db, newAccount(name))));
    expect(users.filter((user) => user !== null)).toHaveLength(1);
    expect(await createAccount(current.db, newAccount("grACE"))).toBeNull();
  });

  it("throws where an id is taken, and keeps nothing of the second account", async () => {
    const user = await createPerson(current.db);
    await expect(createAccount(current.db, { ...newAccount("second"), id: user.id })).rejects.toThrow(
      /duplicate key/,
    );
    expect(await findUserByUsername(current.db, "second")).toBeNull();
  });

  it("finds people by the beginning of their names, and takes wildcards literally", async () => {
    const self = await createPerson(current.db, "zed_self");
    for (const name of ["ZED_b", "zed_a", "zedXc", "zed.d", "other_zed"])
      await createPerson(current.db, name);
    const search = async (prefix: string, limit = 10) => {
      const users = await searchUsers(current.db, { prefix, exceptUserId: self.id, limit });
      return users.map(({ username }) => username);
    };
    expect(await search("zeD")).toEqual(["zed.d", "zed_a", "ZED_b", "zedXc"]);
    expect(await search("zed_")).toEqual(["zed_a", "ZED_b"]);
    expect(await search("zed", 2)).toEqual(["zed.d", "zed_a"]);
    expect(await search("%ed")).toEqual([]);
    expect(await search(String.raw`zed\_`)).toEqual([]);
  });

  it("searches names through their index", async () => {
    const plan = await current.db.transaction().execute(async (trx) => {
      for (const setting of ["enable_seqscan", "enable_bitmapscan"]) {
        await sql`set local ${sql.ref(setting)} = off`.execute(trx);
      }
      const { rows } = await sql<Record<string, string>>`explain
        select id from users where lower(username) like 'zed%' order by lower(username) using ~<~ limit 10`.execute(
        trx,
      );
      return rows.map((row) => Object.values(row)[0]).join("\n");
    });
    expect(plan).toMatch(/Index Cond: .*~>=~/);
    expect(plan).not.toMatch(/Sort/);
  });

  it("replaces the password, ends the other sessions and voids what began under the old one", async () => {
    const user = await createPerson(current.db);
    const ids = [randomUUID(), randomUUID(), randomUUID()] as const;
    for (const id of ids) {
      const registrationRecord = recordOf(user);
      const common = { userId: user.id, registrationRecord, device: "Test", idleMs: 60_000 };
      const session = { ...common, id, refreshHash: `hash-${id}` };
      await createSession(current.db, session);
    }
    const challenge = {
      id: randomUUID(),
      kind: "login",
      userId: user.id,
      state: "s",
      ttlMs: 60_000,
    } as const;
    await createChallenge(current.db, challenge);
    const change = {
      userId: user.id,
      registrationRecord: "new-record",
      passwordSlot: "bmV3",
      proved: { registrationRecord: recordOf(user) },
    };

    const ended = await replacePassword(current.db, {
      ...change,
      keepSessionId: ids[1],
    });
    expect(ended?.endedSessionIds.sort()).toEqual([ids[0], ids[2]].sort());
    expect((await listSessions(current.db, user.id)).map(({ id }) => id)).toEqual([ids[1]]);
    expect(await getCredentialsOf(current.db, user.id)).toMatchObject({
      registrationRecord: "new-record",
      passwordSlot: "bmV3",
      recoverySlot: "cmVjb3Zlcnk=",
    });
    expect(await takeChallenge(current.db, challenge)).toBeNull();
    const late = { ...change, passwordSlot: "bGF0ZQ==", keepSessionId: null };
    expect(await replacePassword(current.db, late)).toBeNull();
    expect(await getCredentialsOf(current.db, user.id)).toMatchObject({ passwordSlot: "bmV3" });
    const { recoveryProofHash } = newAccount();
    const recovered = { ...change, keepSessionId: null, proved: { recoveryProofHash } };
    expect(await replacePassword(current.db, recovered)).toEqual({ endedSessionIds: [ids[1]] });
    const renewal = { recoverySlot: "c2xvdA==", recoveryProofHash: "cmVuZXdlZA==" };
    const renewed = { userId: user.id, provedRecord: "new-record", ...renewal };
    expect(await replaceRecoveryKey(current.db, renewed)).toBe(true);
    expect(await replacePassword(current.db, { ...recovered, passwordSlot: "bGF0ZQ==" })).toBeNull();
    expect(await getCredentialsOf(current.db, user.id)).toMatchObject({ passwordSlot: "bmV3", ...renewal });
    await expect(
      replacePassword(current.db, { ...change, userId: randomUUID(), keepSessionId: null }),
    ).rejects.toThrow("There is no account with the id");
  });

  it("stores account data only over the version that is there, and tells the own feed", async () => {
    const user = await createPerson(current.db);
    const put = (version: number, sealed: string) =>
      putAccountData(current.db, { userId: user.id, version, sealed });
    expect(await findAccountData(current.db, user.id)).toEqual({ version: 0, sealed: null });
    expect(await put(1, "bm8=")).toBeNull();
    expect(await put(0, "b25l")).toMatchObject({ version: 1, runs: [{ userId: user.id }] });
    expect(await put(0, "bm8=")).toBeNull();
    const raced = await Promise.all(["dHdv", "dHdv", "dHdv", "dHdv"].map((sealed) => put(1, sealed)));
    expect(raced.filter((stored) => stored !== null)).toMatchObject([
      { version: 2, runs: [{ userId: user.id }] },
    ]);
    expect(await findAccountData(current.db, user.id)).toEqual({ version: 2, sealed: "dHdv" });
    const events = ofKind(await readWholeFeed(current.db, user), "account");
    expect(events.map(({ version }) => version)).toEqual([1, 2]);
  });

  it("keeps the first value of a fact about the installation", async () => {
    expect(await findMeta(current.db, "setup")).toBeNull();
    const stored = await Promise.all(
      ["a", "b", "c", "d"].map((value) => setMetaOnce(current.db, "setup", value)),
    );
    expect(new Set(stored).size).toBe(1);
    expect(await findMeta(current.db, "setup")).toBe(stored[0]);
    expect(await setMetaOnce(current.db, "setup", "e")).toBe(stored[0]);
  });
});
