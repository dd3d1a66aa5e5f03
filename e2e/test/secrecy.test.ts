import { createMessenger, memoryStore, type Store } from "@sotto/client";
import { createServer, request, type Server } from "node:http";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, signUp } from "../src/people.ts";
import { startServerProcess } from "../src/server-process.ts";
import { dumpDatabase } from "../src/dump-database.ts";

const words = "marmalade-lighthouse-4711";
const secretPassword = "zephyr quartz umbrella 93";

type Recorder = { url: string; recorded: () => Buffer; server: Server };

/** A proxy that passes everything on and keeps a copy of both directions, WebSocket frames included. */
async function record(target: string): Promise<Recorder> {
  const { hostname, port } = new URL(target);
  const chunks: Buffer[] = [];
  const server = createServer((incoming, outgoing) => {
    chunks.push(Buffer.from(`${incoming.method} ${incoming.url} ${JSON.stringify(incoming.headers)}`));
    const passed = request(
      { hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.pipe(outgoing);
      },
    );
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.pipe(passed);
  });
  server.on("upgrade", (incoming, socket, head) => {
    const upstream = connect(Number(port), hostname, () => {
      const headers = Object.entries(incoming.headers).map(
        ([name, value]) => `${name}: ${String(value)}\r\n`,
      );
      upstream.write(`GET ${incoming.url} HTTP/1.1\r\n${headers.join("")}\r\n`);
      upstream.write(head);
    });
    const client = unmask();
    socket.on("data", (chunk: Buffer) => chunks.push(client(chunk)));
    upstream.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", () => upstream.destroy());
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, recorded: () => Buffer.concat(chunks), server };
}

/** Frames of a client are masked (RFC 6455, section 5.3): a search over them must take the mask off first. */
function unmask(): (chunk: Buffer) => Buffer {
  let pending = Buffer.alloc(0);
  return (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    const clear: Buffer[] = [];
    while (pending.length >= 6) {
      const short = (pending[1] ?? 0) & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (pending.length < head + 4) break;
      const length =
        short === 126 ? pending.readUInt16BE(2) : short === 127 ? Number(pending.readBigUInt64BE(2)) : short;
      if (pending.length < head + 4 + length) break;
      const mask = pending.subarray(head, head + 4);
      const body = pending.subarray(head + 4, head + 4 + length);
      clear.push(Buffer.from(body.map((byte, index) => byte ^ (mask[index % 4] ?? 0))));
      pending = pending.subarray(head + 4 + length);
    }
    return Buffer.concat(clear);
  };
}

async function readTree(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))));
}

async function secretKeyOf(store: Store): Promise<Buffer> {
  const { secretKey } = (await store.get("account")) as { secretKey: string };
  return Buffer.from(secretKey, "base64");
}

test.each(["pglite", "postgres"] as const)(
  "no word that was sent, no password and no secret key is in database files, logs or traffic (%s)",
  async (engine) => {
    await using server = await startServerProcess(engine, { LOG_LEVEL: "trace" });
    const recorder = await record(server.url);
    await server.stop();
    await server.start({ PUBLIC_ORIGIN: recorder.url });

    const store = memoryStore();
    const ada = await createMessenger({ url: recorder.url, store });
    const { recoveryKey } = await ada.signUp({ username: "ada", password: secretPassword });
    await using ben = await signUp(recorder.url, "ben");
    const got = collect(ben, "message");
    const chat = await ada.openDirect("ben");
    const { id } = await ada.send(chat.id, { text: `the words are ${words}` });
    await got.until(({ length }) => length === 1);
    await ben.markRead(chat.id, id);
    await ada.changePassword({ oldPassword: secretPassword, newPassword: `${secretPassword} again` });
    const secretKey = await secretKeyOf(store);
    await ada.signOut();
    await ada.signIn({ username: "ada", password: `${secretPassword} again` });
    expect((await ada.history(chat.id)).map(({ text }) => text)).toEqual([`the words are ${words}`]);
    await ada.close();
    await ben.close();
    await server.stop();
    const dump = await dumpDatabase(server);
    recorder.server.close();

    const places = {
      files: await readTree(server.dataDir),
      database: dump,
      logs: Buffer.from(server.output()),
      traffic: recorder.recorded(),
    };
    // The search itself works: what may be there is found there.
    expect(places.database.includes(id)).toBe(true);
    expect(places.traffic.includes(id)).toBe(true);
    expect(places.logs.includes("connected")).toBe(true);
    expect(places.files.includes("ada")).toBe(engine === "pglite");

    const secrets = {
      "the words": [
        words,
        Buffer.from(words).toString("base64").slice(2, -4),
        Buffer.from(words).toString("hex"),
      ],
      "the password": [secretPassword],
      "the secret key": [
        secretKey,
        secretKey.toString("base64"),
        secretKey.toString("hex"),
        secretKey.toString("base64url"),
      ],
      "the recovery key": [recoveryKey, recoveryKey.replaceAll("-", "")],
    };
    for (const [place, bytes] of Object.entries(places)) {
      for (const [name, forms] of Object.entries(secrets)) {
        for (const form of forms) expect(bytes.includes(form), `${name} in ${place}`).toBe(false);
      }
    }
  },
);
