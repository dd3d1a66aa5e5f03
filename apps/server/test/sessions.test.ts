import { once } from "node:events";
import { request } from "node:http";
import { openAsOutsider } from "@sotto/db/testing";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createHttpApi, reasonOf } from "./helpers/api.ts";
import { signIn, signUp, slot } from "./helpers/person.ts";
import { closeCodeOf, connect, connectRaw, socketUrl } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, jwtSecret, startTestServer } from "./helpers/test-server.ts";

describe.each(engines)("sessions on %s", (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer(engine);
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const refresh = (cookie: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/trpc/auth.refresh`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie, ...headers },
    });

  it("are renewed by a cookie that scripts and other sites cannot use", async () => {
    const { jar, user, sessionId } = await signUp(server.url, "renewed");
    const before = jar.cookie ?? "";
    const response = await refresh(before);
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^sotto_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=2592000$/);
    expect(cookie.startsWith(before)).toBe(false);
    const { result } = (await response.json()) as { result: { data: unknown } };
    expect(result.data).toEqual({ user, sessionId, accessToken: expect.any(String), expiresInMs: 600_000 });
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("let tabs that race renew with the same cookie within the grace", async () => {
    const { jar } = await signUp(server.url, "many-tabs");
    const cookie = jar.cookie ?? "";
    const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const successors = answers.map((answer) => answer.headers.getSetCookie().join().split(";", 1).join());
    expect(new Set(successors).size).toBe(3);
    expect((await refresh(successors[1] ?? "")).status).toBe(200);
  });

  it("are not renewed for a page of another origin, without a cookie, or with one of nobody", async () => {
    const { jar } = await signUp(server.url, "cross-site");
    expect((await refresh(jar.cookie ?? "", { origin: "https://evil.example" })).status).toBe(403);
    expect((await refresh(jar.cookie ?? "", { origin: server.url })).status).toBe(200);
    const nobody = createHttpApi(server.url, { cookie: null });
    expect(await reasonOf(nobody.auth.refresh.mutate())).toBe("not-signed-in");
    const stranger = createHttpApi(server.url, { cookie: `sotto_${server.port}=${"x".repeat(43)}` });
    expect(await reasonOf(stranger.auth.refresh.mutate())).toBe("session-ended");
  });

  it("take the address of the page by which the server is known", async () => {
    const { jar } = await signUp(server.url, "by-number");
    const origin = `http://127.0.0.1:${server.port}`;
    expect((await refresh(jar.cookie ?? "", { origin })).status).toBe(200);
  });

  it("are renewed by the whole value of the cookie and nothing that begins with it", async () => {
    const { jar } = await signUp(server.url, "exact");
    const cookie = jar.cookie ?? "";
    for (const ending of ["=", "==", "=x", "x", "%3D"])
      expect((await refresh(cookie + ending)).status).toBe(401);
    expect((await refresh(`other=1; ${cookie}; more=a=b`)).status).toBe(200);
  });

  it("end on signing out: cookie cleared, token worthless, socket closed", async () => {
    const person = await signUp(server.url, "leaving");
    await using socket = await connect(server.url, person);
    const before = person.jar.cookie;
    await person.api.auth.logout.mutate();
    expect(person.jar.cookie).toBe(`sotto_${server.port}=`);
    expect(await socket.closed).toBe(4501);
    expect(await reasonOf(person.api.auth.sessions.query())).toBe("session-ended");
    person.jar.cookie = before;
    expect(await reasonOf(person.api.auth.refresh.mutate())).toBe("session-ended");
  });

  it("end on signing out by the cookie alone", async () => {
    const person = await signUp(server.url, "token-lost");
    await createHttpApi(server.url, { ...person.jar }).auth.logout.mutate();
    expect(await reasonOf(person.api.auth.sessions.query())).toBe("session-ended");
  });

  it("end when revoked from another device, which closes their sockets and no others", async () => {
    const here = await signUp(server.url, "two-devices");
    const there = await signIn(server.url, "two-devices", here.password);
    await using hereSocket = await connect(server.url, here);
    await using thereSocket = await connect(server.url, there);
    await here.api.auth.revokeSession.mutate({ sessionId: there.sessionId });
    expect(await thereSocket.closed).toBe(4501);
    expect(await hereSocket.api.auth.sessions.query()).toHaveLength(1);
    const again = here.api.auth.revokeSession.mutate({ sessionId: there.sessionId });
    expect(await reasonOf(again)).toBe("unknown-session");
  });

  it("let a revoked socket do nothing more, though its peer does not answer the close", async () => {
    const here = await signUp(server.url, "stolen-device");
    const there = await signIn(server.url, "stolen-device", here.password);
    const thief = await connectRaw(server.url, there);
    thief.pause();
    await here.api.auth.revokeSession.mutate({ sessionId: there.sessionId });
    const put = { path: "account.put", input: { version: 0, sealed: slot("by the thief") } };
    thief.send(JSON.stringify({ id: 1, method: "mutation", params: put }));
    const gone = () =>
      server.log.some((line) => line.includes("disconnected") && line.includes(there.sessionId));
    await expect.poll(gone, { timeout: 5_000 }).toBe(true);
    expect(await here.api.account.get.query()).toEqual({ version: 0, sealed: null });
    thief.terminate();
  });

  it("are not revoked by other people", async () => {
    const owner = await signUp(server.url, "owner");
    const meddler = await signUp(server.url, "meddler");
    const call = meddler.api.auth.revokeSession.mutate({ sessionId: owner.sessionId });
    expect(await reasonOf(call)).toBe("unknown-session");
    expect(await reasonOf(owner.api.auth.sessions.query())).toBe("answered");
  });

  it("take access tokens only as they were made", async () => {
    const person = await signUp(server.url, "token-holder");
    const claims = { sid: person.sessionId };
    const good = {
      algorithm: "HS256",
      issuer: "sotto",
      audience: "sotto/access",
      subject: person.user.id,
    } as const;
    const reasonWith = (token: string) =>
      reasonOf(createHttpApi(server.url, { cookie: null }, () => token).auth.sessions.query());
    expect(await reasonWith(jwt.sign(claims, jwtSecret, { ...good, expiresIn: 60 }))).toBe("answered");
    const bad = [
      jwt.sign(claims, jwtSecret, { ...good, expiresIn: -1 }),
      jwt.sign(claims, jwtSecret, { ...good, expiresIn: 60, audience: "sotto/socket" }),
      jwt.sign(claims, jwtSecret, { ...good, expiresIn: 60, issuer: "other" }),
      jwt.sign(claims, jwtSecret, { ...good, expiresIn: 60, algorithm: "HS512" }),
      jwt.sign(claims, "another secret that is long enough", { ...good, expiresIn: 60 }),
      jwt.sign(claims, "", { ...good, expiresIn: 60, algorithm: "none" }),
      (await person.api.auth.ticket.mutate()).token,
      "garbage",
    ];
    expect(await Promise.all(bad.map(reasonWith))).toEqual(bad.map(() => "not-signed-in"));
  });

  describe("at the upgrade", () => {
    async function upgrade(token?: string, headers: Record<string, string> = {}): Promise<number> {
      const ws = new WebSocket(socketUrl(server.url, token), { headers });
      ws.on("error", () => {});
      const status = await Promise.race([
        once(ws, "open").then(() => 101),
        once(ws, "unexpected-response").then(
          ([, response]) => (response as { statusCode: number }).statusCode,
        ),
      ]);
      ws.terminate();
      return status;
    }

    it("need a token that is fresh, unused, whole and meant for a socket", async () => {
      const person = await signUp(server.url, "upgrader");
      const { token } = await person.api.auth.ticket.mutate();
      const claims = { sid: person.sessionId };
      const options = {
        algorithm: "HS256",
        issuer: "sotto",
        subject: person.user.id,
        audience: "sotto/socket",
      } as const;
      const jwtid = "00000000-0000-4000-8000-000000000001";
      expect(await upgrade(token)).toBe(101);
      const refused = {
        missing: undefined,
        reused: token,
        malformed: "abc",
        empty: "",
        expired: jwt.sign(claims, jwtSecret, { ...options, jwtid, expiresIn: -1 }),
        "meant for calls": person.accessToken,
      };
      for (const [what, shown] of Object.entries(refused))
        expect([what, await upgrade(shown)]).toEqual([what, 401]);
    });

    it("may show an access token in a header instead", async () => {
      const person = await signUp(server.url, "program");
      expect(await upgrade(undefined, { authorization: `Bearer ${person.accessToken}` })).toBe(101);
      expect(await upgrade(undefined, { authorization: "Bearer nonsense" })).toBe(401);
    });

    it("are refused with 403 to a foreign page, before its token is looked at", async () => {
      const person = await signUp(server.url, "phished");
      const { token } = await person.api.auth.ticket.mutate();
      expect(await upgrade(token, { origin: "https://evil.example" })).toBe(403);
      expect(await upgrade("abc", { origin: "null" })).toBe(403);
      expect(await upgrade(token, { origin: server.url })).toBe(101);
    });

    it("are refused once the session has ended, though the token is still good", async () => {
      const person = await signUp(server.url, "gone");
      const { token } = await person.api.auth.ticket.mutate();
      await person.api.auth.logout.mutate();
      expect(await upgrade(token)).toBe(401);
      expect(await upgrade(undefined, { authorization: `Bearer ${person.accessToken}` })).toBe(401);
    });

    it("are refused at another path, and with a Host that is none", async () => {
      const person = await signUp(server.url, "lost");
      const { token } = await person.api.auth.ticket.mutate();
      const elsewhere = new WebSocket(`${server.url.replace("http", "ws")}/api/other?token=${token}`);
      elsewhere.on("error", () => {});
      const [, response] = (await once(elsewhere, "unexpected-response")) as [
        unknown,
        { statusCode: number },
      ];
      expect(response.statusCode).toBe(404);
      expect(await upgrade(token, { host: "a b" })).toBe(400);
    });
  });
});

describe("sessions whose times run out", () => {
  it("end when a refresh token comes back after its grace, and take their sockets along", async () => {
    await using server = await startTestServer("postgres", { timings: { refreshGraceMs: 0 } });
    const person = await signUp(server.url, "robbed");
    await using socket = await connect(server.url, person);
    const thief = createHttpApi(server.url, { ...person.jar });
    await person.api.auth.refresh.mutate();
    expect(await reasonOf(thief.auth.refresh.mutate())).toBe("session-ended");
    expect(await socket.closed).toBe(4501);
    expect(await reasonOf(person.api.auth.refresh.mutate())).toBe("session-ended");
    expect(server.log.join("")).toContain("refresh token reused");
  });

  it("outlive a renewal that nobody waits for any more", async () => {
    await using server = await startTestServer("postgres", { timings: { refreshGraceMs: 0 } });
    const { jar } = await signUp(server.url, "impatient");
    await using other = await openAsOutsider(server.databaseUrl);
    await using held = await other.holdSessions();
    const waiting = request(`${server.url}/api/trpc/auth.refresh`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: jar.cookie ?? "" },
    });
    waiting.on("error", () => {});
    waiting.end();
    await other.someoneWaits();
    waiting.destroy();
    await fetch(`${server.url}/healthz`);
    await held.release();
    expect(await reasonOf(createHttpApi(server.url, jar).auth.refresh.mutate())).toBe("answered");
  });

  it("close a socket with 4401 unless a fresh token of the same session prolongs it", async () => {
    await using server = await startTestServer("postgres", { timings: { accessMs: 2_500 } });
    const person = await signUp(server.url, "patient");
    const other = await signIn(server.url, "patient", person.password);
    await using kept = await connect(server.url, person);
    const left = await connectRaw(server.url, person);
    expect(await reasonOf(kept.api.auth.extend.mutate({ accessToken: other.accessToken }))).toBe(
      "not-signed-in",
    );
    expect(await reasonOf(kept.api.auth.extend.mutate({ accessToken: "nonsense" }))).toBe("not-signed-in");
    expect(await reasonOf(person.api.auth.extend.mutate({ accessToken: person.accessToken }))).toBe(
      "socket-only",
    );
    const { accessToken } = await person.api.auth.refresh.mutate();
    await kept.api.auth.extend.mutate({ accessToken });
    const closings: [string, number][] = [];
    await Promise.all([
      kept.closed.then((code) => closings.push(["kept", code])),
      closeCodeOf(left).then((code) => closings.push(["left", code])),
    ]);
    expect(closings).toEqual([
      ["left", 4401],
      ["kept", 4401],
    ]);
  });
});
