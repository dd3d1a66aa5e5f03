import { createHash, randomBytes } from "node:crypto";
import type { ConfirmedAction } from "@sotto/protocol";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpApi, reasonOf } from "./helpers/api.ts";
import { beginLogin, beginRegistration } from "./helpers/opaque-client.ts";
import type { Person } from "./helpers/person.ts";
import { signIn, signUp, slot } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("what asks for the password again, on %s", (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(engine);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  async function prove(person: Person, action: ConfirmedAction, password = person.password) {
    const login = await beginLogin(password);
    const { challengeId, loginResponse } = await person.api.auth.confirmStart.mutate({
      action,
      startLoginRequest: login.startLoginRequest,
    });
    const finishLoginRequest = login.finish(loginResponse) ?? randomBytes(64).toString("base64url");
    return { challengeId, finishLoginRequest };
  }

  const newRecovery = (proof: Buffer) => ({
    recoverySlot: slot("new recovery slot"),
    recoveryProofHash: createHash("sha256").update(proof).digest("base64"),
  });

  async function recoverWith(username: string, proof: string) {
    const { registrationRequest } = await beginRegistration("x");
    const api = createHttpApi(server.url, { cookie: null });
    return api.auth.recoverStart.mutate({ username, proof, registrationRequest });
  }

  it("the recovery key: the new one opens, the old one does not", async () => {
    const person = await signUp(server.url, "renewer");
    const proof = randomBytes(32);
    const proved = await prove(person, "renew-recovery-key");
    await person.api.auth.renewRecoveryKey.mutate({ ...proved, ...newRecovery(proof) });
    const { recoverySlot } = await recoverWith("renewer", proof.toString("base64"));
    expect(recoverySlot).toBe(slot("new recovery slot"));
    expect(await reasonOf(recoverWith("renewer", person.recoveryProof))).toBe("wrong-credentials");
  });

  it("a wrong password, a proof used twice, for something else or by somebody else changes nothing", async () => {
    const [person, other] = [await signUp(server.url, "prover"), await signUp(server.url, "thief")];
    const renew = (by: Person, proved: Awaited<ReturnType<typeof prove>>) =>
      reasonOf(by.api.auth.renewRecoveryKey.mutate({ ...proved, ...newRecovery(randomBytes(32)) }));
    expect(await renew(person, await prove(person, "renew-recovery-key", "wrong"))).toBe("wrong-credentials");
    expect(await renew(person, await prove(person, "delete-account"))).toBe("wrong-credentials");
    expect(await renew(other, await prove(person, "renew-recovery-key"))).toBe("wrong-credentials");
    await recoverWith("prover", person.recoveryProof);

    const proved = await prove(person, "renew-recovery-key");
    await person.api.auth.renewRecoveryKey.mutate({ ...proved, ...newRecovery(randomBytes(32)) });
    expect(await renew(person, proved)).toBe("wrong-credentials");
  });

  it("deleting the account: every device is out, and the name is nobody's from then on", async () => {
    const person = await signUp(server.url, "leaver");
    const device = await signIn(server.url, "leaver", person.password);
    await using socket = await connect(server.url, device);
    expect(
      await reasonOf(person.api.auth.deleteAccount.mutate(await prove(person, "delete-account", "no"))),
    ).toBe("wrong-credentials");
    await person.api.auth.deleteAccount.mutate(await prove(person, "delete-account"));
    expect(await socket.closed).toBe(4501);
    expect(person.jar.cookie).toMatch(/^sotto_\d+=$/);
    expect(await reasonOf(signIn(server.url, "leaver", person.password))).toBe("wrong-credentials");
    expect(await reasonOf(device.api.auth.refresh.mutate())).toBe("session-ended");
    expect(await reasonOf(signUp(server.url, "Leaver"))).toBe("username-taken");
  });

  it("ending all other sessions asks for nothing, and closes their sockets", async () => {
    const person = await signUp(server.url, "tidy");
    const device = await signIn(server.url, "tidy", person.password);
    await using socket = await connect(server.url, device);
    expect(await person.api.auth.revokeOtherSessions.mutate()).toEqual({ endedSessions: 1 });
    expect(await socket.closed).toBe(4501);
    expect(await person.api.auth.sessions.query()).toHaveLength(1);
  });

  it("what is stored is shown to its owner, long values shortened", async () => {
    const person = await signUp(server.url, "curious");
    const { tables } = await person.api.account.whatIsStored.query();
    const users = tables.find(({ name }) => name === "users");
    expect(users?.rows[0]?.[users.columns.indexOf("username")]).toEqual({ start: "curious", length: 7 });
    const credentials = tables.find(({ name }) => name === "credentials");
    const record = credentials?.rows[0]?.[credentials.columns.indexOf("registration_record")];
    expect(record?.start).toHaveLength(48);
    expect(record?.length).toBeGreaterThan(200);
  });
});
