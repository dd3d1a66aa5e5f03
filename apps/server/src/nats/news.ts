import { signalSchema, uuidSchema } from "@sotto/protocol";
import * as z from "zod/mini";

/*
 * What nodes tell each other over NATS. Every user belongs to one of a fixed number of shards, and each shard has a
 * subject, so that a node hears only of the shards whose users are connected to it. All nodes must agree on the
 * number. The ends of sessions have a subject of their own, which every node hears.
 *
 * Nothing here is a secret and nothing is data that a node takes for true: ids of users whose feeds are to be read,
 * who is typing, and ids of sessions to look at in the database.
 */

const shardCount = 1_024;
/** Some 40 kB: NATS takes a megabyte unless it is told otherwise. */
const idsPerMessage = 1_000;

const ids = z.array(uuidSchema).check(z.minLength(1), z.maxLength(idsPerMessage));
const newsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("wake"), userIds: ids }),
  z.object({ kind: z.literal("signal"), userIds: ids, signal: signalSchema }),
  z.object({ kind: z.literal("revoke"), sessionIds: ids }),
]);
export type News = z.infer<typeof newsSchema>;

export const revocationSubject = "sotto.revocations";

/** User ids are random (UUIDv4), so their last bits spread people over the shards as evenly as a hash would. */
export function shardOf(userId: string): number {
  return Number.parseInt(userId.slice(-8), 16) % shardCount;
}

export function shardSubject(shard: number): string {
  return `sotto.users.${shard}`;
}

export function formatNews(news: News): string {
  return JSON.stringify(news);
}

/** Null where it is not the news of a node. */
export function parseNews(text: string): News | null {
  try {
    const news = newsSchema.safeParse(JSON.parse(text));
    return news.success ? news.data : null;
  } catch {
    return null;
  }
}

export function groupByShard(userIds: Iterable<string>): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const userId of userIds) {
    const shard = shardOf(userId);
    const group = groups.get(shard);
    if (group) group.push(userId);
    else groups.set(shard, [userId]);
  }
  return groups;
}

export function splitIds(allIds: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < allIds.length; start += idsPerMessage) {
    parts.push(allIds.slice(start, start + idsPerMessage));
  }
  return parts;
}
