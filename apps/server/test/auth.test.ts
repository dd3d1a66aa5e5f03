import { randomBytes } from "node:crypto";
import { openDatabase } from "@sotto/db";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpApi, reasonOf, refusalOf } from "./helpers/api.ts";
import { beginLogin, beginRegistration } from "./helpers/opaque-client.ts";
import type { Person } from "./helpers/person.ts";
import { signIn, signUp, slot } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("accounts on %s", (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(engine);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const anyone = () => createHttpApi(server.url, { cookie: null });

  async function recover(person: Person, proof: string, password: string) {
    const registration = await beginRegistration(password);
    const started = await anyone().auth.recoverStart.mutate({
      username: person.user.username,
      proof,
      registrationRequest: registration.registrationRequest,
    });
    const finish = () =>
      anyone().auth.recoverFinish.mutate({
        token: started.token,
        registrationRecord: registration.finish(started.registrationResponse),
        passwordSlot: slot("new password slot"),
        device: "after recovery",
      });
    return { started, finish };
  }

  async function changePassword(person: Person, oldPassword: string, newPassword: string) {
    const login = await beginLogin(oldPassword);
    const registration = await beginRegistration(newPassword);
    const started = await person.api.auth.changePasswordStart.mutate({
      startLoginRequest: login.startLoginRequest,
      registrationRequest: registration.registrationRequest,
    });
    return person.api.auth.changePassword.mutate({
      challengeId: started.challengeId,
      finishLoginRequest: login.finish(started.loginResponse) ?? randomBytes(64).toString("base64url"),
      registrationRecord: registration.finish(started.registrationResponse),
      passwordSlot: slot("changed password slot"),
    });
  }

  it("are made by signing up, and opened by signing in on another device", async () => {
    const dora = await signUp(server.url, "Dora");
    const again = await signIn(server.url, "dora", dora.password);
    expect(again.user).toEqual(dora.user);
    expect(again.sessionId).not.toBe(dora.sessionId);
    const sessions = await again.api.auth.sessions.query();
    expect(new Map(sessions.map(({ id, current }) => [id, current]))).toEqual(
      new Map([
        [dora.sessionId, false],
        [again.sessionId, true],
      ]),
    );
  });

  it("give the password slot back to whoever signs in", async () => {
    const person = await signUp(server.url, "slotkeeper");
    const login = await beginLogin(person.password);
    const { challengeId, loginResponse } = await anyone().auth.loginStart.mutate({
      username: "slotkeeper",
      startLoginRequest: login.startLoginRequest,
    });
    const finishLoginRequest = login.finish(loginResponse) ?? "";
    const grant = await anyone().auth.loginFinish.mutate({ challengeId, finishLoginRequest, device: "d" });
    expect(grant.passwordSlot).toBe(slot("password slot of slotkeeper"));
    const twice = anyone().auth.loginFinish.mutate({ challengeId, finishLoginRequest, device: "d" });
    expect(await reasonOf(twice)).toBe("wrong-credentials");
  });

  it("refuse a name that is taken, in whatever case", async () => {
    await signUp(server.url, "taken");
    const refusal = await refusalOf(signUp(server.url, "TAKEN"));
    expect(refusal).toEqual({
      reason: "username-taken",
      message: "The name TAKEN is taken. Choose another one.",
    });
  });

  it("go to one of two who want the same name at once", async () => {
    const calls = await Promise.all([1, 2, 3].map(() => reasonOf(signUp(server.url, "wanted"))));
    expect(calls.sort()).toEqual(["answered", "username-taken", "username-taken"]);
  });

  it.each([
    ["an", "A username has at least 3 characters."],
    ["x".repeat(33), "A username has at most 32 characters."],
    ["späße", expect.stringContaining("letters a–z")],
    ["-dash", expect.stringContaining("starts with a letter or digit")],
  ])("refuse the name %s with a sentence", async (username, message) => {
    expect(await refusalOf(signUp(server.url, username))).toEqual({ reason: "bad-input", message });
  });

  it.each([
    ["low order", Buffer.alloc(32).toString("base64"), "bad-public-key"],
    ["non-canonical", Buffer.alloc(32, 0xff).toString("base64"), "bad-public-key"],
    ["too short", Buffer.alloc(31, 7).toString("base64"), "bad-public-key"],
    ["not base64", "not base64!", "bad-public-key"],
  ])("refuse a public key that is %s", async (_what, publicKey, reason) => {
    const refusal = await refusalOf(signUp(server.url, "keyless", { publicKey }));
    expect(refusal.reason).toBe(reason);
    expect(refusal.message).toMatch(/^publicKey.*\.$/);
  });

  it.each([
    ["passwordSlot", "QUJD="],
    ["recoverySlot", "AAB="],
    ["recoveryProofHash", slot("too short")],
    ["registrationRecord", "AAAA"],
  ])("refuse a broken %s and leave nothing behind", async (field, value) => {
    const refusal = await refusalOf(signUp(server.url, "half-done", { [field]: value }));
    expect(refusal).toEqual({ reason: "bad-input", message: expect.stringContaining(field) });
    const { results } = await anyoneFinds("half-done");
    expect(results).toEqual([]);
  });

  async function anyoneFinds(prefix: string) {
    const finder = await signUp(server.url, `finder-${randomBytes(4).toString("hex")}`);
    return { results: await finder.api.users.search.query({ prefix }) };
  }

  it("refuse a device with control characters, before the account is made", async () => {
    for (const device of ["a\u0000b", "a\u001b[31m", "a\u0085"]) {
      const refusal = await refusalOf(signUp(server.url, "no-controls", { device }));
      expect(refusal).toEqual({
        reason: "bad-input",
        message: "A device name has no control characters.",
      });
    }
    const { api } = await signUp(server.url, "no-controls", { device: "Zoë’s 📱 phone" });
    expect(await api.auth.sessions.query()).toMatchObject([{ device: "Zoë’s 📱 phone" }]);
  });

  it("answer alike to a wrong password and an unknown name", async () => {
    await signUp(server.url, "careful");
    const wrong = await refusalOf(signIn(server.url, "careful", "not the password"));
    const unknown = await refusalOf(signIn(server.url, "nobody-here", "not the password"));
    expect(wrong).toEqual({ reason: "wrong-credentials", message: "The username or the password is wrong." });
    expect(unknown).toEqual(wrong);
    const shapes = await Promise.all(
      ["careful", "nobody-here"].map(async (username) => {
        const { startLoginRequest } = await beginLogin("whatever");
        const answer = await anyone().auth.loginStart.mutate({ username, startLoginRequest });
        return Object.entries(answer).map(([key, value]) => [key, value.length]);
      }),
    );
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it("come back with the recovery key: new password, same person, all other sessions ended", async () => {
    const person = await signUp(server.url, "forgetful");
    await using socket = await connect(server.url, person);
    const { started, finish } = await recover(person, person.recoveryProof, "a new password");
    expect(started).toMatchObject({ user: person.user, recoverySlot: slot("recovery slot of forgetful") });
    const grant = await finish();
    expect(grant.user).toEqual(person.user);
    expect(await socket.closed).toBe(4501);
    expect(await reasonOf(person.api.auth.sessions.query())).toBe("session-ended");
    expect(await reasonOf(person.api.auth.refresh.mutate())).toBe("session-ended");
    expect(await reasonOf(signIn(server.url, "forgetful", person.password))).toBe("wrong-credentials");
    expect((await signIn(server.url, "forgetful", "a new password")).user).toEqual(person.user);
    expect(await reasonOf(finish())).toBe("challenge-expired");
  });

  it("answer alike to a wrong recovery key and an unknown name", async () => {
    const person = await signUp(server.url, "locked-out");
    const proof = randomBytes(32).toString("base64");
    const wrong = await refusalOf(recover(person, proof, "x"));
    const stranger = { ...person, user: { ...person.user, username: "no-such-person" } };
    expect(wrong).toEqual({
      reason: "wrong-credentials",
      message: "The username or the recovery key is wrong.",
    });
    expect(await refusalOf(recover(stranger, proof, "x"))).toEqual(wrong);
  });

  it("change their password with the old one, keeping this session and ending the others", async () => {
    const person = await signUp(server.url, "careful-too");
    const other = await signIn(server.url, "careful-too", person.password);
    await using otherSocket = await connect(server.url, other);
    expect(await changePassword(person, person.password, "the next password")).toEqual({ endedSessions: 1 });
    expect(await otherSocket.closed).toBe(4501);
    expect(await reasonOf(person.api.auth.sessions.query())).toBe("answered");
    expect(await reasonOf(signIn(server.url, "careful-too", person.password))).toBe("wrong-credentials");
    expect(await reasonOf(signIn(server.url, "careful-too", "the next password"))).toBe("answered");
  });

  it("keep their password when the old one is wrong", async () => {
    const person = await signUp(server.url, "unchanged");
    const refusal = await refusalOf(changePassword(person, "a guess", "the next password"));
    expect(refusal).toEqual({ reason: "wrong-credentials", message: "The password is wrong." });
    expect(await reasonOf(signIn(server.url, "unchanged", person.password))).toBe("answered");
  });

  it("cannot finish a sign-in that began under a password that was changed meanwhile", async () => {
    const person = await signUp(server.url, "raced");
    const login = await beginLogin(person.password);
    const { challengeId, loginResponse } = await anyone().auth.loginStart.mutate({
      username: "raced",
      startLoginRequest: login.startLoginRequest,
    });
    const finishLoginRequest = login.finish(loginResponse) ?? "";
    await changePassword(person, person.password, "the next password");
    const late = anyone().auth.loginFinish.mutate({ challengeId, finishLoginRequest, device: "late" });
    expect(await reasonOf(late)).toBe("wrong-credentials");
  });

  it("hold sealed data that only a known version replaces", async () => {
    const { api } = await signUp(server.url, "settled");
    expect(await api.account.get.query()).toEqual({ version: 0, sealed: null });
    expect(await api.account.put.mutate({ version: 0, sealed: slot("one") })).toEqual({ version: 1 });
    expect(await reasonOf(api.account.put.mutate({ version: 0, sealed: slot("other") }))).toBe(
      "version-conflict",
    );
    expect(await api.account.put.mutate({ version: 1, sealed: slot("two") })).toEqual({ version: 2 });
    expect(await api.account.get.query()).toEqual({ version: 2, sealed: slot("two") });
  });

  it("are found by the beginning of their name by people who are signed in, and by nobody else", async () => {
    const { user } = await signUp(server.url, "Searchable");
    const finder = await signUp(server.url, "searcher");
    expect(await finder.api.users.search.query({ prefix: "SEAR" })).toEqual([user]);
    expect(await finder.api.users.get.query({ userId: user.id })).toEqual(user);
    expect(await reasonOf(finder.api.users.get.query({ userId: finder.sessionId }))).toBe("unknown-user");
    expect(await reasonOf(finder.api.users.search.query({ prefix: "se" }))).toBe("bad-input");
    expect(await refusalOf(finder.api.users.search.query({ prefix: "sea\u0000" }))).toEqual({
      reason: "bad-input",
      message: "A name has no control characters.",
    });
    expect(await reasonOf(anyone().users.search.query({ prefix: "sear" }))).toBe("not-signed-in");
  });
});

describe("a proof of a password that was replaced while it was being written down", () => {
  it("opens no session and replaces no password", async () => {
    await using server = await startTestServer("postgres");
    const person = await signUp(server.url, "overtaken");
    const [login, change, registration] = [
      await beginLogin(person.password),
      await beginLogin(person.password),
      await beginRegistration("the next password"),
    ];
    const startedLogin = await person.api.auth.loginStart.mutate({
      username: "overtaken",
      startLoginRequest: login.startLoginRequest,
    });
    const startedChange = await person.api.auth.changePasswordStart.mutate({
      startLoginRequest: change.startLoginRequest,
      registrationRequest: registration.registrationRequest,
    });
    // A change that commits just before the rows of these two are inserted takes none of them along.
    const { db, close } = await openDatabase({ databaseUrl: server.databaseUrl });
    await db.updateTable("credentials").set({ registration_record: "of another password" }).execute();
    await close();

    const finishedLogin = person.api.auth.loginFinish.mutate({
      challengeId: startedLogin.challengeId,
      finishLoginRequest: login.finish(startedLogin.loginResponse) ?? "",
      device: "late",
    });
    expect(await reasonOf(finishedLogin)).toBe("wrong-credentials");
    const finishedChange = person.api.auth.changePassword.mutate({
      challengeId: startedChange.challengeId,
      finishLoginRequest: change.finish(startedChange.loginResponse) ?? "",
      registrationRecord: registration.finish(startedChange.registrationResponse),
      passwordSlot: slot("late"),
    });
    expect(await reasonOf(finishedChange)).toBe("wrong-credentials");
    expect(await person.api.auth.sessions.query()).toHaveLength(1);
  });
});

describe("a server that is not open to everybody", () => {
  it("takes no one when registration is closed, and says so", async () => {
    await using server = await startTestServer("postgres", { env: { REGISTRATION: "closed" } });
    const options = await createHttpApi(server.url, { cookie: null }).auth.options.query();
    expect(options).toEqual({ registration: "closed" });
    const refusal = await refusalOf(signUp(server.url, "latecomer"));
    expect(refusal).toEqual({ reason: "registration-closed", message: "This server takes no new people." });
  });

  it("takes those who hold the invite code", async () => {
    const env = { REGISTRATION: "invite", INVITE_CODE: "open sesame" };
    await using server = await startTestServer("postgres", { env });
    expect(await reasonOf(signUp(server.url, "uninvited"))).toBe("invite-code-wrong");
    expect(await reasonOf(signUp(server.url, "guesser", { inviteCode: "please" }))).toBe("invite-code-wrong");
    expect((await signUp(server.url, "guest", { inviteCode: "open sesame" })).user.username).toBe("guest");
  });
});
