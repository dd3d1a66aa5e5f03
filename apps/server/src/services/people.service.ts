import { findUserById, searchUsers } from "@sotto/db";
import type { WireUser } from "@sotto/protocol";
import { limits } from "@sotto/protocol";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { unknownUser } from "../lib/request-error.ts";

export async function searchPeople(app: App, session: Session, prefix: string): Promise<WireUser[]> {
  await app.rateLimits.take("search", session.userId);
  return searchUsers(app.db, { prefix, exceptUserId: session.userId, limit: limits.searchResults });
}

export async function getUser(app: App, userId: string): Promise<WireUser> {
  const user = await findUserById(app.db, userId);
  if (!user) throw unknownUser();
  return user;
}
