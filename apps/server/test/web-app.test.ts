import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveWebApp } from "../src/http/web-app.ts";

let root = "";
let port = 0;
const script = "console.log('sotto');".repeat(100);
const server = createServer((req, res) => serve(req, res));
let serve: ReturnType<typeof serveWebApp>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-web-"));
  await mkdir(join(root, "assets"));
  await writeFile(join(root, "index.html"), "<h1>Sotto</h1>");
  await writeFile(join(root, "assets", "app-1.js"), script);
  await writeFile(join(root, "assets", "app-1.js.gz"), gzipSync(script));
  serve = serveWebApp(root);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true, force: true });
});

/** Without what `fetch` adds and takes away: encodings as they travel, paths as they are written. */
async function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  const sent = request({ port, path, headers, method, host: "127.0.0.1" }).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

test("gives the form that the browser takes, and the plain one otherwise", async () => {
  const gzip = await ask("/assets/app-1.js", { "accept-encoding": "br, gzip;q=0.8" });
  expect(gzip.headers["content-encoding"]).toBe("gzip");
  expect(gzip.body.equals(gzipSync(script))).toBe(true);
  for (const accepted of ["", "gzip;q=0", "deflate"]) {
    const plain = await ask("/assets/app-1.js", { "accept-encoding": accepted });
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.body.toString()).toBe(script);
  }
});

test("lets hashed files be kept for good, and asks for the page anew", async () => {
  expect((await ask("/assets/app-1.js")).headers["cache-control"]).toMatch(/immutable/);
  const page = await ask("/");
  expect(page.headers["cache-control"]).toBe("no-cache");
  const again = await ask("/", { "if-none-match": page.headers.etag ?? "" });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test("a place in the app gets the app; a file that is none gets 404", async () => {
  expect((await ask("/c/0b7c")).body.toString()).toBe("<h1>Sotto</h1>");
  for (const path of ["/assets/app-2.js", "/../package.json", "/%2e%2e/package.json", "/index.html.gz"]) {
    expect((await ask(path)).status, path).toBe(404);
  }
});

test("HEAD has the head of GET and no body; other methods are refused", async () => {
  const head = await ask("/assets/app-1.js", {}, "HEAD");
  expect([head.headers["content-length"], head.body.length]).toEqual([String(script.length), 0]);
  expect((await ask("/", {}, "POST")).status).toBe(405);
});

test("a build that takes the files away while the server runs changes nothing", async () => {
  await rm(join(root, "assets"), { recursive: true });
  expect((await ask("/assets/app-1.js")).body.toString()).toBe(script);
});
