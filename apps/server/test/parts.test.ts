import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { FeedEvent } from "@sotto/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { addressOf, networkOf } from "../src/http/address.ts";
import { Bell } from "../src/lib/bell.ts";
import { directConversationId } from "../src/lib/direct-conversation-id.ts";
import { BatchSize, takeBatch } from "../src/lib/feed-batches.ts";
import { createLocalNotifier } from "../src/lib/notifier.ts";
import { createRateLimits } from "../src/lib/rate-limits.ts";
import { LiveSocket } from "../src/socket/live-socket.ts";

const alice = "018f3c6e-0000-7000-8000-00000000000a";
const bob = "018f3c6e-0000-7000-8000-00000000000b";

describe("the id of a direct conversation", () => {
  it("is the same from both sides, and another for every other pair", () => {
    expect(directConversationId(alice, bob)).toBe(directConversationId(bob, alice));
    expect(directConversationId(alice, bob)).not.toBe(directConversationId(alice, alice));
  });

  it("is a UUIDv8 that stays the same for ever", () => {
    expect(directConversationId(alice, bob)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(directConversationId(alice, bob)).toBe("0a950e11-e0fc-82fd-815d-6bc0c242d2f4");
  });
});

const runFor = (userId: string) => ({ userId, after: 0, events: [] });

describe("the local notifier", () => {
  it("tells every listener although one throws, and reports that one", () => {
    const errors: unknown[] = [];
    const heard: string[] = [];
    const notifier = createLocalNotifier({ onError: (error) => errors.push(error) });
    const broken = new Error("broken listener");
    notifier.onNews(alice, () => heard.push("first"));
    notifier.onNews(alice, () => {
      throw broken;
    });
    notifier.onNews(alice, () => heard.push("last"));
    notifier.publish([runFor(alice), runFor(bob)]);
    expect(heard).toEqual(["first", "last"]);
    expect(errors).toEqual([broken]);
  });

  it("tells only those whom it concerns, and nobody who stopped listening", () => {
    const heard: string[] = [];
    const notifier = createLocalNotifier({ onError: () => {} });
    const off = notifier.onNews(alice, () => heard.push("alice"));
    notifier.onNews(bob, () => heard.push("bob"));
    notifier.publish([runFor(alice)]);
    off();
    notifier.publish([runFor(alice), runFor(bob)]);
    expect(heard).toEqual(["alice", "bob"]);
  });

  it("lets a listener stop while it is being told", () => {
    const heard: string[] = [];
    const notifier = createLocalNotifier({ onError: () => {} });
    const off = notifier.onRevoke(() => {
      heard.push("once");
      off();
    });
    notifier.onRevoke((ids) => heard.push(...ids));
    notifier.revoke(["a"]);
    notifier.revoke(["b"]);
    expect(heard).toEqual(["once", "a", "b"]);
  });
});

describe("a bell", () => {
  it("makes one wake-up of many rings, and remembers one that came before the wait", async () => {
    const bell = new Bell();
    const { signal } = new AbortController();
    bell.ring();
    bell.ring();
    await bell.wait(60_000, signal);
    bell.reset();
    let woken = false;
    const waiting = bell.wait(60_000, signal).then(() => {
      woken = true;
    });
    await Promise.resolve();
    expect(woken).toBe(false);
    bell.ring();
    await waiting;
    expect(woken).toBe(true);
  });

  it("lets go when the signal aborts", async () => {
    const controller = new AbortController();
    const waiting = new Bell().wait(60_000, controller.signal);
    controller.abort();
    expect(await waiting).toBeUndefined();
  });
});

describe("the address that limits count by", () => {
  const request = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } }) as unknown as IncomingMessage;

  it("is what the trusted proxies saw, not what the caller claims", () => {
    expect(addressOf(request("10.0.0.1", "1.1.1.1"), 0)).toBe("10.0.0.1");
    expect(addressOf(request("10.0.0.1", "6.6.6.6, 1.1.1.1"), 1)).toBe("1.1.1.1");
    expect(addressOf(request("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2"), 2)).toBe("1.1.1.1");
    expect(addressOf(request("10.0.0.1"), 1)).toBe("10.0.0.1");
  });

  it("is the network of an IPv6 address", () => {
    expect(networkOf("2001:DB8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(networkOf("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
    expect(networkOf("2001:db8::1")).toBe("2001:db8:0:0::/64");
    expect(networkOf("::1")).toBe("0:0:0:0::/64");
    expect(networkOf("::ffff:192.0.2.7")).toBe("192.0.2.7");
    expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
  });
});

describe("rate limits", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("refuse what is over the limit of a key, say when to come back, and let it in then", async () => {
    const limits = createRateLimits(true);
    for (let attempt = 0; attempt < 5; attempt += 1) await limits.take("recovery", "key");
    await expect(limits.take("recovery", "key")).rejects.toThrow("Try again in 3600 seconds.");
    await limits.take("recovery", "another key");
    vi.advanceTimersByTime(3_600_001);
    expect(await limits.take("recovery", "key")).toBeUndefined();
  });

  it("forgive after a success", async () => {
    const limits = createRateLimits(true);
    for (let attempt = 0; attempt < 10; attempt += 1) await limits.take("signIn", "key");
    await limits.forgive("signIn", "key");
    expect(await limits.take("signIn", "key")).toBeUndefined();
  });

  it("can be turned off", async () => {
    const limits = createRateLimits(false);
    for (let attempt = 0; attempt < 100; attempt += 1) await limits.take("recovery", "key");
    expect(await limits.take("recovery", "key")).toBeUndefined();
  });
});

describe("the batches of a feed", () => {
  const messageOf = (contentLength: number): FeedEvent => ({
    kind: "message",
    cursor: "0",
    message: {
      conversationId: alice,
      id: bob,
      senderId: alice,
      recipientId: bob,
      content: "A".repeat(contentLength),
      createdAt: "2026-01-01T00:00:00.000000Z",
      deliveredAt: null,
      readAt: null,
    },
  });
  const small = messageOf(400);
  const large = messageOf(90 * 1024);

  const lengths = (events: FeedEvent[], maxBytes: number) => {
    const cut: number[] = [];
    for (let rest = events; rest.length > 0; rest = rest.slice(cut.at(-1))) {
      const batch = takeBatch(rest, maxBytes);
      expect(batch).toEqual(rest.slice(0, batch.length));
      cut.push(batch.length);
    }
    return cut;
  };

  it("are cut by the size of what is in them, in order and without a loss", () => {
    const maxBytes = 256 * 1024;
    expect(takeBatch([], maxBytes)).toEqual([]);
    expect(
      lengths(
        Array.from({ length: 200 }, () => small),
        maxBytes,
      ),
    ).toEqual([200]);
    expect(lengths([large, large, small, large, small, large], maxBytes)).toEqual([3, 3]);
    expect(lengths([messageOf(300 * 1024), small], maxBytes)).toEqual([1, 1]);
    expect(lengths([small, large, small], 16 * 1024)).toEqual([1, 1, 1]);
  });

  it("begin small, grow while full ones leave at once, and shrink where one takes long", () => {
    const size = new BatchSize();
    const kibibytes = () => size.bytes / 1024;
    const full = () => [messageOf(size.bytes)];
    expect(kibibytes()).toBe(16);
    size.sent([small], 0);
    expect(kibibytes()).toBe(16);
    const grown = Array.from({ length: 6 }, () => {
      size.sent(full(), 0);
      return kibibytes();
    });
    expect(grown).toEqual([32, 64, 128, 128, 128, 128]);
    size.sent(full(), 500);
    expect(kibibytes()).toBe(128);
    for (let index = 0; index < 6; index += 1) size.sent(full(), 3_000);
    expect(kibibytes()).toBe(16);
  });
});

describe("a subscription of a socket whose reader pauses", () => {
  it("waits while more than a quarter of a mebibyte is on its way, and goes on when it has left", async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const accepted = once(server, "connection") as Promise<[WebSocket]>;
    const reader = new WebSocket(`ws://127.0.0.1:${port}`);
    const [ws] = await accepted;
    await once(reader, "open");
    const socket = new LiveSocket(ws, { userId: alice, sessionId: bob }, 60_000);
    const admission = socket.admit(new AbortController().signal);
    expect(await admission.writable()).toBeUndefined();

    reader.pause();
    while (ws.bufferedAmount <= 8 * 1024 * 1024) ws.send(Buffer.alloc(1024 * 1024));
    let settled = false;
    const writable = admission.writable().then(() => {
      settled = true;
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
    expect(settled).toBe(false);
    reader.resume();
    await writable;
    expect(ws.bufferedAmount).toBeLessThanOrEqual(256 * 1024);
    reader.terminate();
    server.close();
  });
});
