import type { Conversation } from "@sotto/client";

/** What stands in the place of the composer; null where one can write. */
export type Obstacle = "blocked" | "request" | "key-refused" | null;

export function findObstacle({ blocked, request, keyRefused }: Conversation): Obstacle {
  if (blocked) return "blocked";
  if (request) return "request";
  return keyRefused ? "key-refused" : null;
}
