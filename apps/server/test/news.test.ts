import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { formatNews, groupByShard, type News, parseNews, shardOf, splitIds } from "../src/nats/news.ts";

const [userId, sessionId, conversationId] = [randomUUID(), randomUUID(), randomUUID()];

describe("what nodes tell each other", () => {
  it.each<News>([
    { kind: "wake", userIds: [userId, sessionId] },
    { kind: "signal", userIds: [userId], signal: { kind: "typing", conversationId, userId } },
    { kind: "signal", userIds: [userId], signal: { kind: "presence", userId, present: true, asks: false } },
    { kind: "revoke", sessionIds: [sessionId] },
  ])("is read as it was written: $kind", (news) => {
    expect(parseNews(formatNews(news))).toEqual(news);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    JSON.stringify({ kind: "message", userIds: [userId] }),
    JSON.stringify({ kind: "wake" }),
    JSON.stringify({ kind: "wake", userIds: [] }),
    JSON.stringify({ kind: "wake", userIds: userId }),
    JSON.stringify({ kind: "wake", userIds: [userId.toUpperCase(), "x"] }),
    JSON.stringify({ kind: "wake", userIds: Array.from({ length: 1_001 }, () => userId) }),
    JSON.stringify({ kind: "signal", userIds: [userId], signal: { kind: "typing", userId } }),
    JSON.stringify({ kind: "revoke", sessionIds: [null] }),
    "\u0000\uFFFD",
  ])("is nothing where it is malformed: %s", (text) => {
    expect(parseNews(text)).toBeNull();
  });

  it("spreads people evenly over the shards, each always on the same one", () => {
    const userIds = Array.from({ length: 20_000 }, () => randomUUID());
    const groups = groupByShard(userIds);
    expect(groups.size).toBe(1_024);
    expect(Math.max(...Array.from(groups.values(), (group) => group.length))).toBeLessThan(60);
    for (const [shard, group] of groups) expect(group.map(shardOf)).toEqual(group.map(() => shard));
    expect([...groups.values()].flat().sort()).toEqual(userIds.sort());
  });

  it("is cut into messages that NATS takes", () => {
    const userIds = Array.from({ length: 2_500 }, () => userId);
    const parts = splitIds(userIds);
    expect(parts.map((part) => part.length)).toEqual([1_000, 1_000, 500]);
    for (const part of parts) expect(parseNews(formatNews({ kind: "wake", userIds: part }))).not.toBeNull();
  });
});
