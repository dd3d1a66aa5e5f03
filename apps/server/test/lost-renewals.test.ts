import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHttpApi, reasonOf } from "./helpers/api.ts";
import { signUp } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("a renewal whose answer got lost, on %s", (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(engine, { timings: { refreshGraceMs: 0 } });
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const attempt = "bWluZSBhbG9uZSAxNiBieQ==";

  it("is answered again to the same attempt, and the session goes on", async () => {
    const person = await signUp(server.url, "in-a-tunnel");
    await using socket = await connect(server.url, person);
    for (let lost = 0; lost < 2; lost += 1)
      await createHttpApi(server.url, { ...person.jar }).auth.refresh.mutate({ attempt });
    const grant = await person.api.auth.refresh.mutate({ attempt });
    expect(grant.sessionId).toBe(person.sessionId);
    expect(await reasonOf(person.api.auth.refresh.mutate({ attempt: "bmV4dCBvbmUgMTYgYnl0ZQ==" }))).toBe(
      "answered",
    );
    expect(await socket.api.auth.sessions.query()).toHaveLength(1);
  });

  it("still ends the session of whoever has the cookie and not the attempt, and says nothing of it to the log", async () => {
    const person = await signUp(server.url, "robbed-in-a-tunnel");
    await using socket = await connect(server.url, person);
    const thief = createHttpApi(server.url, { ...person.jar });
    await person.api.auth.refresh.mutate({ attempt });
    expect(await reasonOf(thief.auth.refresh.mutate({ attempt: "Z3Vlc3NlZCAxNiBieXRlcw==" }))).toBe(
      "session-ended",
    );
    expect(await socket.closed).toBe(4501);
    expect(server.log.join("")).not.toContain(attempt);
  });

  it("can be followed by signing out", async () => {
    const person = await signUp(server.url, "leaving-a-tunnel");
    await createHttpApi(server.url, { ...person.jar }).auth.refresh.mutate({ attempt });
    await createHttpApi(server.url, { ...person.jar }).auth.logout.mutate();
    expect(await reasonOf(person.api.auth.sessions.query())).toBe("session-ended");
  });

  it("needs no attempt, and takes none that is not 16 bytes at most", async () => {
    const { api } = await signUp(server.url, "odd-attempt");
    for (const attempt of ["", "not base64", "A".repeat(28)])
      expect(await reasonOf(api.auth.refresh.mutate({ attempt }))).toBe("bad-input");
    expect(await reasonOf(api.auth.refresh.mutate({}))).toBe("answered");
  });
});
