import { randomBytes, randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  createAccount,
  createChallenge,
  createSession,
  deleteAccount,
  endOtherSessions,
  findCredentials,
  findUserById,
  findUserByUsername,
  getCredentialsOf,
  listBlocked,
  listConversations,
  listHistory,
  listSessions,
  listStoredRows,
  putAccountData,
  replaceRecoveryKey,
  searchUsers,
  takeChallenge,
} from "../src/index.ts";
import { onBothEngines } from "./support/engines.ts";
import {
  createPair,
  createPerson,
  newAccount,
  ofKind,
  readWholeFeed,
  recordOf,
  sendSome,
} from "./support/people.ts";

onBothEngines("leaving", (current) => {
  const begin = (user: { id: string; username: string }) => {
    const session = {
      id: randomUUID(),
      userId: user.id,
      registrationRecord: recordOf({ ...user, publicKey: "" }),
      device: "test",
      refreshHash: randomBytes(32).toString("hex"),
      idleMs: 60_000,
    };
    return createSession(current.db, session).then(() => session.id);
  };
  const begun = async (userId: string) => {
    const id = randomBytes(32).toString("hex");
    await createChallenge(current.db, { id, kind: "recover", userId, state: "s", ttlMs: 60_000 });
    return id;
  };

  it("takes what is the person's alone, and leaves others what they need to read", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    await sendSome(db, conversationId, alice, bob, 2);
    await sendSome(db, conversationId, bob, alice, 1);
    const sessionId = await begin(alice);
    const challenge = await begun(alice.id);
    await putAccountData(db, { userId: alice.id, version: 0, sealed: "c2VhbGVk" });
    const history = { userId: bob.id, conversationId, limit: 10 };
    const before = await listHistory(db, history);

    const left = await deleteAccount(db, { userId: alice.id, provedRecord: recordOf(alice) });
    expect(left?.endedSessionIds).toEqual([sessionId]);
    expect(left?.runs.map(({ userId }) => userId)).toEqual([bob.id]);

    const stored = await listStoredRows(db, { userId: alice.id, sample: 5 });
    const kept = stored.filter(({ rowCount }) => rowCount > 0).map(({ name }) => name);
    expect(new Set(kept)).toEqual(
      new Set(["users", "conversations", "conversation_members", "messages", "user_blocks", "feed_counters"]),
    );
    expect(JSON.stringify(stored)).not.toContain(alice.username);
    expect(await findCredentials(db, alice.username)).toBeNull();
    expect(await findUserByUsername(db, alice.username)).toBeNull();
    expect(await takeChallenge(db, { id: challenge, kind: "recover" })).toBeNull();

    expect(await listHistory(db, history)).toEqual(before);
    const nameless = await findUserById(db, alice.id);
    expect(nameless).toEqual({ ...alice, username: expect.stringMatching(/^deleted\.[0-9a-f]{16}$/) });
    const told = ofKind(await readWholeFeed(db, bob), "conversation").at(-1);
    expect(told?.conversation.members).toContainEqual(nameless);
  });

  it("makes the person impossible to find, and gives their name to nobody else", async () => {
    const { db } = current;
    const gone = await createPerson(db, "going.away");
    const other = await createPerson(db);
    await deleteAccount(db, { userId: gone.id, provedRecord: recordOf(gone) });
    const search = (prefix: string) => searchUsers(db, { prefix, exceptUserId: other.id, limit: 10 });
    expect([await search("going.away"), await search("deleted.")]).toEqual([[], []]);
    expect(await createAccount(db, newAccount("Going.Away"))).toBeNull();
    expect(await createAccount(db, newAccount("deleted.0123456789abcdef"))).toBeNull();
  });

  it("is like being blocked for whoever goes on writing", async () => {
    const { db } = current;
    const { alice, bob, conversationId } = await createPair(db);
    await deleteAccount(db, { userId: alice.id, provedRecord: recordOf(alice) });
    expect(await listBlocked(db, alice.id)).toEqual([bob.id]);
    await sendSome(db, conversationId, bob, alice, 1);
    const events = await listStoredRows(db, { userId: alice.id, sample: 1 });
    expect(events.find(({ name }) => name === "feed_events")?.rowCount).toBe(0);
    expect(
      (await listConversations(db, { userId: bob.id, limit: 10, newest: 1 })).conversations,
    ).toHaveLength(1);
  });

  it("does nothing where the password was changed meanwhile", async () => {
    const { db } = current;
    const user = await createPerson(db);
    expect(await deleteAccount(db, { userId: user.id, provedRecord: "another" })).toBeNull();
    expect((await getCredentialsOf(db, user.id)).user).toEqual(user);
  });

  it("puts a recovery key in the place of the old one, and ends recoveries that began with it", async () => {
    const { db } = current;
    const user = await createPerson(db);
    const change = { userId: user.id, recoverySlot: "bmV3", recoveryProofHash: "bmV3aGFzaA==" };
    const challenge = await begun(user.id);
    expect(await replaceRecoveryKey(db, { ...change, provedRecord: "another" })).toBe(false);
    expect((await getCredentialsOf(db, user.id)).recoverySlot).not.toBe("bmV3");
    expect(await replaceRecoveryKey(db, { ...change, provedRecord: recordOf(user) })).toBe(true);
    expect(await getCredentialsOf(db, user.id)).toMatchObject({
      recoverySlot: "bmV3",
      recoveryProofHash: "bmV3aGFzaA==",
    });
    expect(await takeChallenge(db, { id: challenge, kind: "recover" })).toBeNull();
  });

  it("ends all sessions of a person but one, and nobody else's", async () => {
    const { db } = current;
    const [user, other] = [await createPerson(db), await createPerson(db)];
    const [kept, ended] = [await begin(user), await begin(user)];
    const foreign = await begin(other);
    expect(await endOtherSessions(db, { userId: user.id, sessionId: kept })).toEqual([ended]);
    expect((await listSessions(db, user.id)).map(({ id }) => id)).toEqual([kept]);
    expect((await listSessions(db, other.id)).map(({ id }) => id)).toEqual([foreign]);
  });
});
