import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { brotliCompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signUp } from "./helpers/person.ts";
import { connect } from "./helpers/socket.ts";
import type { TestServer } from "./helpers/test-server.ts";
import { engines, startTestServer } from "./helpers/test-server.ts";

describe("what the server answers over HTTP", () => {
  let server: TestServer;
  let webRoot: string;
  beforeAll(async () => {
    webRoot = await mkdtemp(join(tmpdir(), "sotto-web-"));
    await mkdir(join(webRoot, "assets"));
    const script = "console.log('worker')";
    await writeFile(join(webRoot, "index.html"), "<!doctype html><title>Sotto</title>");
    await writeFile(join(webRoot, "assets", "index-abc.js"), script);
    await writeFile(join(webRoot, "assets", "index-abc.js.br"), brotliCompressSync(script));
    await writeFile(join(webRoot, "assets", "messenger-worker-abc.js"), script);
    server = await startTestServer("postgres", { webRoot });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await rm(webRoot, { recursive: true });
  });
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, { headers });
  const header = async (path: string, name: string) => (await get(path)).headers.get(name);

  const policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src blob:; " +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; " +
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app";

  it.each([
    "/",
    "/c/some-conversation",
    "/assets/index-abc.js",
    "/healthz",
    "/api/trpc/auth.options",
    "/api/nothing",
    "/absent.png",
  ])("carries the security headers at %s", async (path) => {
    const { headers } = await get(path);
    expect(headers.get("content-security-policy")).toBe(policy);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("lets only the worker's own script compile WebAssembly", async () => {
    const workerPolicy = policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");
    expect(await header("/assets/messenger-worker-abc.js", "content-security-policy")).toBe(workerPolicy);
    expect(await header("/worker.js", "content-security-policy")).toBe(policy);
    expect(await header("/?/assets/worker.js", "content-security-policy")).toBe(policy);
  });

  it("serves the app at every place in it, asked for anew, and its assets for ever", async () => {
    const page = await get("/c/018f3c6e-0000-7000-8000-00000000000a");
    expect(await page.text()).toContain("<title>Sotto</title>");
    expect(page.headers.get("cache-control")).toBe("no-cache");
    const asset = await get("/assets/index-abc.js", { "accept-encoding": "br" });
    expect(asset.headers.get("content-encoding")).toBe("br");
    expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await get("/assets/absent.js")).status).toBe(404);
    expect((await fetch(`${server.url}/`, { method: "POST" })).status).toBe(405);
    expect((await get("/../package.json")).status).toBe(404);
  });

  it("says that it is well, that it is ready, and what its database survives", async () => {
    expect(await (await get("/healthz")).json()).toEqual({
      status: "ok",
      version: server.version,
      engine: "postgres",
      durability: server.durability,
    });
    const ready = await get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
  });

  it("refuses an address of the API that is none, with JSON", async () => {
    const response = await get("/api/nothing");
    expect([response.status, await response.json()]).toMatchObject([
      404,
      { error: { data: { reason: "bad-input" } } },
    ]);
    expect((await get("/api/ws")).status).toBe(426);
  });

  it("tells whoever calls wrongly what was wrong, and nothing about itself", async () => {
    const response = await fetch(`${server.url}/api/trpc/auth.loginStart`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error: {
          message: "username must be of type string.",
          code: -32600,
          data: { code: "BAD_REQUEST", httpStatus: 400, path: "auth.loginStart", reason: "bad-input" },
        },
      },
    ]);
  });

  const json = { "content-type": "application/json" };
  const tooMany = Array.from({ length: 21 }, () => "auth.options").join(",");
  it.each([
    ["an address that is none", "/api/nothing", {}, 404, "NOT_FOUND", "There is no such address."],
    [
      "a page of another origin",
      "/api/trpc/auth.options",
      { headers: { origin: "https://elsewhere.example" } },
      403,
      "FORBIDDEN",
      "This server does not answer pages of other origins.",
    ],
    [
      "another method",
      "/api/trpc/auth.options",
      { method: "PUT" },
      405,
      "METHOD_NOT_SUPPORTED",
      "Calls are made with GET or POST.",
    ],
    [
      "another content type",
      "/api/trpc/auth.refresh",
      { method: "POST", body: "{}" },
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      "The content type must be application/json.",
    ],
    [
      "a procedure that is none",
      "/api/trpc/auth.nothing",
      {},
      404,
      "NOT_FOUND",
      "There is no procedure of this name.",
    ],
    [
      "a change that is asked for with GET",
      "/api/trpc/auth.refresh",
      {},
      405,
      "METHOD_NOT_SUPPORTED",
      "Queries are made with GET, changes with POST.",
    ],
    [
      "what is not JSON",
      "/api/trpc/auth.loginStart",
      { method: "POST", headers: json, body: '{"username' },
      400,
      "BAD_REQUEST",
      "This is not a call that can be read.",
    ],
    [
      "a batch that is too large",
      `/api/trpc/${tooMany}?batch=1`,
      {},
      400,
      "BAD_REQUEST",
      "One request holds at most 20 calls. Send the others in another.",
    ],
    [
      "a body that is too large",
      "/api/trpc/auth.loginStart",
      { method: "POST", headers: json, body: "x".repeat(1024 * 1024 + 1) },
      413,
      "PAYLOAD_TOO_LARGE",
      "The request is over the limit of 1048576 bytes. Send it in parts.",
    ],
  ])("refuses %s in a sentence, with a reason", async (_, path, request, status, code, message) => {
    const response = await fetch(`${server.url}${path}`, request);
    const said: unknown = await response.json();
    const [answer] = [said].flat();
    expect([response.status, answer]).toMatchObject([
      status,
      {
        error: { message, code: expect.any(Number), data: { code, httpStatus: status, reason: "bad-input" } },
      },
    ]);
  });

  it("gives its metrics to this machine, and not through a proxy on it", async () => {
    const person = await signUp(server.url, "measured");
    await using socket = await connect(server.url, person);
    await socket.api.feed.head.query();
    const response = await get("/metrics");
    const metrics = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    for (const line of [
      "sotto_sockets 1",
      'engine="postgres"',
      "process_cpu_seconds_total",
      "sotto_messages_stored_total 0",
    ]) {
      expect(metrics).toContain(line);
    }
    expect((await get("/metrics", { "x-forwarded-for": "127.0.0.1" })).status).toBe(403);
  });

  it("writes down who came and went, and no secret", async () => {
    const person = await signUp(server.url, "logged");
    const { token } = await person.api.auth.ticket.mutate();
    const socket = await connect(server.url, person);
    await person.api.auth.refresh.mutate();
    const refreshToken = person.jar.cookie?.split("=")[1] ?? "";
    expect(refreshToken).toHaveLength(43);
    await socket[Symbol.asyncDispose]();
    await person.api.auth.logout.mutate();
    // A request that is answered after the socket's close is logged after it.
    await get("/healthz");
    const log = server.log.join("");
    expect(log).toMatch(new RegExp(`"sessionId":"${person.sessionId}".*"msg":"connected"`));
    expect(log).toMatch(new RegExp(`"sessionId":"${person.sessionId}".*"code":\\d+.*"msg":"disconnected"`));
    for (const secret of [token, person.accessToken, person.password, refreshToken, "token=", "sotto_"]) {
      expect(log).not.toContain(secret);
    }
  });
});

describe("a server with a public address", () => {
  it("speaks of HTTPS, keeps its cookie to itself and asks for the token of its metrics", async () => {
    const env = {
      PUBLIC_ORIGIN: "https://chat.example.org",
      METRICS_TOKEN: "a token of at least thirty-two characters",
    };
    await using server = await startTestServer("postgres", { env });
    const health = await fetch(`${server.url}/healthz`);
    expect(health.headers.get("strict-transport-security")).toBe("max-age=31536000");
    const { jar } = await signUp(server.url, "secure");
    expect(jar.cookie).toMatch(/^__Host-sotto=/);
    const refresh = (origin: string) =>
      fetch(`${server.url}/api/trpc/auth.refresh`, {
        method: "POST",
        headers: { "content-type": "application/json", cookie: jar.cookie ?? "", origin },
      });
    expect((await refresh(server.url)).status).toBe(403);
    const renewed = await refresh("https://chat.example.org");
    expect(renewed.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    const metrics = (headers: Record<string, string>) => fetch(`${server.url}/metrics`, { headers });
    expect((await metrics({})).status).toBe(401);
    expect((await metrics({ authorization: "Bearer wrong" })).status).toBe(401);
    expect((await metrics({ authorization: `Bearer ${env.METRICS_TOKEN}` })).status).toBe(200);
  });

  it("says plainly that the web app is not built", async () => {
    await using server = await startTestServer("postgres", { webRoot: join(tmpdir(), "no-such-folder") });
    const response = await fetch(server.url);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("not built")]);
  });
});

describe.each(engines)("stopping on %s", (engine) => {
  it("tells sockets to come back, closes them with 1012, and answers nobody afterwards", async () => {
    await using server = await startTestServer(engine);
    const person = await signUp(server.url, "guest");
    await using socket = await connect(server.url, person);
    const pending = socket.api.account.put.mutate({ version: 0, sealed: "AAAA" });
    await pending;
    const stopped = Promise.all([server.stop(), server.stop()]);
    expect(await socket.closed).toBe(1012);
    await stopped;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow("fetch failed");
  });

  it("says that it is not ready any more to those who are still connected", async () => {
    await using server = await startTestServer(engine);
    const person = await signUp(server.url, "lingerer");
    await using socket = await connect(server.url, person);
    const connection = createConnection(server.port, "127.0.0.1");
    const head = "GET /readyz HTTP/1.1\r\nHost: localhost\r\n";
    // A whole request and half a one together: when the first is answered, the second has begun.
    connection.write(`${head}\r\n${head}`);
    const [first] = (await once(connection, "data")) as [Buffer];
    expect(first.toString("utf8")).toMatch(/^HTTP\/1\.1 200 /);
    const stopped = server.stop();
    connection.write("\r\n");
    expect(await text(connection)).toMatch(/^HTTP\/1\.1 503 [^]*"status":"stopping"/);
    expect(await socket.closed).toBe(1012);
    await stopped;
  });
});

describe("an HTTP connection on which nothing moves", () => {
  it("is cut off, and a WebSocket is not", async () => {
    await using server = await startTestServer("postgres", { timings: { httpStallMs: 300 } });
    const person = await signUp(server.url, "slow");
    await using socket = await connect(server.url, person);
    const stalled = createConnection({ port: server.port, host: "127.0.0.1" });
    stalled.on("error", () => {});
    stalled.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n");
    await once(stalled, "close");
    expect(await socket.api.feed.head.query()).toEqual({ cursor: "0" });
  });
});
