import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { limits, sendInput } from "@sotto/protocol";
import { expect, test } from "vitest";
import type { Member } from "../src/fleet/members.ts";
import { listUnnoticed } from "../src/measures/hostile-server.ts";
import { makeLargeFrame, prepareLargeSend } from "../src/measures/large-sends.ts";
import { slope } from "../src/measures/soak.ts";
import { sumSeries } from "../src/measures/stage.ts";

test("growth is the slope of the line that fits best", () => {
  const points = Array.from({ length: 50 }, (_, x) => ({ x, y: 3 + 0.5 * x + (x % 2 === 0 ? 1 : -1) }));
  expect(slope(points)).toBeCloseTo(0.5, 2);
  expect(slope(points.map(({ x }) => ({ x, y: 7 })))).toBe(0);
});

test("of a metric the series with the labels are summed", () => {
  const text = [
    "# TYPE answers counter",
    'answers{route="trpc",status="5xx"} 3',
    'answers{route="web",status="5xx"} 1',
    'answers{route="web",status="2xx"} 40',
    'answers_other{status="5xx"} 9',
    "plain 2",
  ].join("\n");
  expect(sumSeries(text, "answers", /status="5xx"/)).toBe(4);
  expect(sumSeries(text, "plain", /^/)).toBe(2);
  expect(sumSeries(text, "unheard_of", /^/)).toBe(0);
});

test("a scenario counts as noticed only where its test ran and passed", () => {
  const none = listUnnoticed([]);
  const title = "a replay under another id does not open";
  expect(none).toContain("replay");
  expect(listUnnoticed([{ title, status: "failed" }])).toEqual(none);
  expect(listUnnoticed([{ title, status: "passed" }])).toEqual(none.filter((name) => name !== "replay"));
});

test("a large send fills a frame and stays below its limit, with other ids each time", async () => {
  const [sender, recipient] = [makeMember("ada"), makeMember("ben")];
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ result: { data: { id: randomUUID() } } }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const send = await prepareLargeSend(`http://127.0.0.1:${port}`, "token", sender, recipient);
  server.close();
  const frames = [makeLargeFrame(send, 1), makeLargeFrame(send, 2)];
  for (const frame of frames) {
    expect(frame.length).toBeLessThanOrEqual(limits.frameMaxBytes);
    expect(frame.length).toBeGreaterThan(limits.frameMaxBytes * 0.95);
    const { params } = JSON.parse(frame) as { params: { input: unknown } };
    expect(sendInput.safeParse(params.input).success).toBe(true);
  }
  const ids = frames.flatMap((frame) => frame.match(/"id":"[\w-]+"/g) ?? []);
  expect(new Set(ids).size).toBe(2 * send.contents.length);
});

function makeMember(username: string): Member {
  const { publicKey, secretKey } = generateKeyPair();
  return {
    id: randomUUID(),
    username,
    sessionId: randomUUID(),
    publicKey: encodeBase64(publicKey),
    secretKey: encodeBase64(secretKey),
    cookie: "",
  };
}
