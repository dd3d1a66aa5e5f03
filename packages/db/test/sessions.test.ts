import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import {
  createChallenge,
  createSession,
  deleteExpired,
  endSession,
  isSessionLive,
  listEndedSessions,
  listSessions,
  redeemTicket,
  replacePassword,
  rotateRefreshToken,
  takeChallenge,
  type Db,
} from "../src/index.ts";
import { onBothEngines } from "./support/engines.ts";
import { createPerson, newAccount, recordOf, wireTimePattern } from "./support/people.ts";

const minuteMs = 60_000;

async function signIn(db: Db, idleMs = minuteMs) {
  const user = await createPerson(db);
  const [sessionId, hash] = [randomUUID(), randomUUID()];
  await createSession(db, {
    id: sessionId,
    userId: user.id,
    registrationRecord: recordOf(user),
    device: "Firefox on Linux",
    refreshHash: hash,
    idleMs,
  });
  return { user, sessionId, hash };
}

onBothEngines("sessions", (current) => {
  const rotate = (hash: string, nextHash: string, graceMs = 0, idleMs = minuteMs) =>
    rotateRefreshToken(current.db, { hash, nextHash, attemptHash: null, idleMs, graceMs });
  const attempt = async (hash: string, attemptHash: string | null, graceMs = 0) => {
    const nextHash = randomUUID();
    const common = { idleMs: minuteMs, graceMs };
    const { outcome } = await rotateRefreshToken(current.db, { hash, nextHash, attemptHash, ...common });
    return { outcome, nextHash };
  };

  it("lists live sessions, the last used one first", async () => {
    const { user, sessionId, hash } = await signIn(current.db);
    const second = randomUUID();
    const common = { userId: user.id, registrationRecord: recordOf(user), device: "Bot", idleMs: minuteMs };
    await createSession(current.db, { ...common, id: second, refreshHash: randomUUID() });
    await createSession(current.db, { ...common, id: randomUUID(), refreshHash: randomUUID(), idleMs: 0 });
    expect((await listSessions(current.db, user.id)).map(({ id }) => id)).toEqual([second, sessionId]);

    await rotate(hash, randomUUID());
    const [first] = await listSessions(current.db, user.id);
    expect(first).toEqual({
      id: sessionId,
      device: "Firefox on Linux",
      createdAt: expect.stringMatching(wireTimePattern),
      lastUsedAt: expect.stringMatching(wireTimePattern),
    });
    expect(first && first.lastUsedAt > first.createdAt).toBe(true);
  });

  it("tells which of many sessions have ended: revoked, run out, or never begun", async () => {
    const { user, sessionId } = await signIn(current.db);
    const revoked = await signIn(current.db);
    await endSession(current.db, { userId: revoked.user.id, sessionId: revoked.sessionId });
    const ranOut = randomUUID();
    await createSession(current.db, {
      id: ranOut,
      userId: user.id,
      registrationRecord: recordOf(user),
      device: "Bot",
      refreshHash: randomUUID(),
      idleMs: 0,
    });
    const unknown = randomUUID();
    const ended = await listEndedSessions(current.db, [sessionId, revoked.sessionId, ranOut, unknown]);
    expect(new Set(ended)).toEqual(new Set([revoked.sessionId, ranOut, unknown]));
    expect(await listEndedSessions(current.db, [])).toEqual([]);
  });

  it("begins a session only under the password that the account still has", async () => {
    const user = await createPerson(current.db);
    const attempt = (registrationRecord: string) =>
      createSession(current.db, {
        id: randomUUID(),
        userId: user.id,
        registrationRecord,
        device: "Late",
        refreshHash: randomUUID(),
        idleMs: minuteMs,
      });
    const proved = { recoveryProofHash: newAccount().recoveryProofHash };
    const change = { userId: user.id, passwordSlot: "bmV3", keepSessionId: null, proved };
    expect(await attempt(recordOf(user))).toBe(true);
    await replacePassword(current.db, { ...change, registrationRecord: "changed" });
    expect(await attempt(recordOf(user))).toBe(false);
    expect(await listSessions(current.db, user.id)).toEqual([]);

    // Whichever of the two comes first, none that began under the old password is left.
    for (let round = 0; round < 10; round++) {
      const [record, next] = [round === 0 ? "changed" : `changed ${round - 1}`, `changed ${round}`];
      await Promise.all([
        attempt(record),
        replacePassword(current.db, { ...change, registrationRecord: next }),
        attempt(record),
      ]);
      expect(await listSessions(current.db, user.id)).toEqual([]);
    }
  });

  it("says whether a session lives, and ends it once and only for its owner", async () => {
    const { user, sessionId, hash } = await signIn(current.db);
    const stranger = await createPerson(current.db);
    const own = { userId: user.id, sessionId };
    expect(await isSessionLive(current.db, own)).toBe(true);
    expect(await isSessionLive(current.db, { userId: stranger.id, sessionId })).toBe(false);
    expect(await endSession(current.db, { userId: stranger.id, sessionId })).toBe(false);
    expect(await endSession(current.db, own)).toBe(true);
    expect(await endSession(current.db, own)).toBe(false);
    expect(await isSessionLive(current.db, own)).toBe(false);
    expect(await rotate(hash, randomUUID())).toEqual({ outcome: "unknown" });
  });

  it("rotates the current refresh token and tells whose it is", async () => {
    const { user, sessionId, hash } = await signIn(current.db);
    const [second, third] = [randomUUID(), randomUUID()];
    expect(await rotate(hash, second)).toEqual({ outcome: "rotated", sessionId, user });
    expect(await rotate(second, third)).toEqual({ outcome: "rotated", sessionId, user });
    expect(await rotate(randomUUID(), randomUUID())).toEqual({ outcome: "unknown" });
  });

  it("ends the family when a retired token comes back after its grace", async () => {
    const { user, sessionId, hash } = await signIn(current.db);
    const next = randomUUID();
    await rotate(hash, next);
    expect(await rotate(hash, randomUUID(), 0)).toEqual({ outcome: "reused", sessionId });
    expect(await isSessionLive(current.db, { sessionId, userId: user.id })).toBe(false);
    expect(await rotate(next, randomUUID())).toEqual({ outcome: "unknown" });
  });

  it("answers an attempt again as often as its answer is lost, without any grace", async () => {
    const { hash } = await signIn(current.db);
    const lost = [await attempt(hash, "mine"), await attempt(hash, "mine")];
    const heard = await attempt(hash, "mine");
    expect([...lost, heard].map(({ outcome }) => outcome)).toEqual(["rotated", "rotated", "rotated"]);
    const next = await attempt(heard.nextHash, "the next one");
    expect(next.outcome).toBe("rotated");
    expect((await attempt(heard.nextHash, "the next one")).outcome).toBe("rotated");
    expect((await attempt(next.nextHash, "a third one")).outcome).toBe("rotated");
  });

  it("goes on with the token of any answer to an attempt, as one that came late may be the one that was kept", async () => {
    const { hash } = await signIn(current.db);
    const kept = await attempt(hash, "mine");
    await attempt(hash, "mine");
    expect((await attempt(kept.nextHash, "next")).outcome).toBe("rotated");
  });

  it.each([
    ["without an attempt", null],
    ["with another attempt", "guessed"],
  ])("ends the family when a retired token comes back %s", async (_, other) => {
    const { user, sessionId, hash } = await signIn(current.db);
    await attempt(hash, "mine");
    expect((await attempt(hash, other)).outcome).toBe("reused");
    expect(await isSessionLive(current.db, { sessionId, userId: user.id })).toBe(false);
  });

  it("ends the family when an attempt comes back after one of its answers was used, or another answer is used then", async () => {
    const replayed = await signIn(current.db);
    const successor = await attempt(replayed.hash, "mine");
    await attempt(successor.nextHash, "next");
    expect((await attempt(replayed.hash, "mine")).outcome).toBe("reused");

    const copied = await signIn(current.db);
    const [owners, thiefs] = [await attempt(copied.hash, "mine"), await attempt(copied.hash, "mine")];
    expect((await attempt(thiefs.nextHash, "the thief's")).outcome).toBe("rotated");
    expect((await attempt(owners.nextHash, "next")).outcome).toBe("reused");
  });

  it("ends the family when the owner comes after a thief who had the token and no attempt", async () => {
    const { hash } = await signIn(current.db);
    await attempt(hash, null);
    expect((await attempt(hash, "mine")).outcome).toBe("reused");
  });

  it("answers the same attempt at the same moment several times, each answer good to go on with", async () => {
    for (let used = 0; used < 4; used += 1) {
      const { hash } = await signIn(current.db);
      const answers = await Promise.all(Array.from({ length: 4 }, () => attempt(hash, "mine")));
      expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => "rotated"));
      expect((await attempt(answers[used]?.nextHash ?? "", "next")).outcome).toBe("rotated");
    }
  });

  it("gives every one of several tabs a token that works when they refresh at once", async () => {
    const { sessionId, hash } = await signIn(current.db);
    const successors = Array.from({ length: 8 }, () => randomUUID());
    const outcomes = await Promise.all(successors.map((next) => rotate(hash, next, minuteMs)));
    expect(outcomes.every((rotation) => rotation.outcome === "rotated")).toBe(true);
    for (const successor of successors) {
      expect(await rotate(successor, randomUUID(), 0)).toMatchObject({ outcome: "rotated", sessionId });
    }
  });

  it("lets an idle session run out, and a used one live on", async () => {
    const idle = await signIn(current.db, 0);
    expect(await rotate(idle.hash, randomUUID())).toEqual({ outcome: "unknown" });
    expect(await endSession(current.db, { userId: idle.user.id, sessionId: idle.sessionId })).toBe(false);

    const used = await signIn(current.db);
    const next = randomUUID();
    expect(await rotate(used.hash, next, 0, -1)).toMatchObject({ outcome: "rotated" });
    expect(await rotate(next, randomUUID())).toEqual({ outcome: "unknown" });
  });

  it("hands a challenge out once, only to its own kind and in time", async () => {
    const user = await createPerson(current.db);
    const open = (kind: "login" | "recover", userId: string | null, ttlMs = minuteMs) => {
      const id = randomUUID();
      return createChallenge(current.db, { id, kind, userId, state: `state-${id}`, ttlMs }).then(() => id);
    };
    const known = await open("login", user.id);
    expect(await takeChallenge(current.db, { id: known, kind: "recover" })).toBeNull();
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => takeChallenge(current.db, { id: known, kind: "login" })),
    );
    expect(taken.filter((challenge) => challenge !== null)).toEqual([
      { userId: user.id, state: `state-${known}` },
    ]);

    const nameless = await open("recover", null);
    expect(await takeChallenge(current.db, { id: nameless, kind: "recover" })).toMatchObject({
      userId: null,
    });
    const late = await open("login", user.id, 0);
    expect(await takeChallenge(current.db, { id: late, kind: "login" })).toBeNull();
  });

  it("redeems a ticket once, also when many nodes try at the same time", async () => {
    const id = randomUUID();
    const redeemed = await Promise.all(
      Array.from({ length: 8 }, () => redeemTicket(current.db, { id, ttlMs: minuteMs })),
    );
    expect(redeemed.filter(Boolean)).toHaveLength(1);
  });

  it("clears away what has run out and nothing else", async () => {
    const live = await signIn(current.db);
    const idle = await signIn(current.db, 0);
    const [kept, expired] = [randomUUID(), randomUUID()];
    for (const [id, ttlMs] of [
      [kept, minuteMs],
      [expired, 0],
    ] as const) {
      await redeemTicket(current.db, { id, ttlMs });
      await createChallenge(current.db, { id, kind: "login", userId: null, state: "s", ttlMs });
    }
    const longAgo = new Date(Date.now() - 31 * 86_400_000);
    const retiredLongAgo = randomUUID();
    await current.db
      .insertInto("refresh_tokens")
      .values({
        hash: retiredLongAgo,
        session_id: live.sessionId,
        retired_at: longAgo,
      })
      .execute();
    const next = randomUUID();
    await rotate(live.hash, next);
    const unheard = await signIn(current.db);
    await attempt(unheard.hash, "mine");
    await current.db
      .updateTable("refresh_tokens")
      .set({ retired_at: longAgo })
      .where("hash", "=", unheard.hash)
      .execute();

    await deleteExpired(current.db);
    const hashes = await current.db.selectFrom("refresh_tokens").select("hash").execute();
    const sessions = await current.db.selectFrom("sessions").select("id").execute();
    const challenges = await current.db.selectFrom("challenges").select("id").execute();
    const tickets = await current.db.selectFrom("redeemed_tickets").select("id").execute();
    const found = [
      ...hashes.map(({ hash }) => hash),
      ...[...sessions, ...challenges, ...tickets].map(({ id }) => id),
    ];
    for (const present of [live.hash, next, live.sessionId, unheard.hash, kept])
      expect(found).toContain(present);
    for (const absent of [retiredLongAgo, idle.hash, idle.sessionId, expired])
      expect(found).not.toContain(absent);
  });
});
