import { blockUser, findUserById, listBlocked, unblockUser } from "@sotto/db";
import { limits, type BlockedUsers } from "@sotto/protocol";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { RequestError, unknownUser } from "../lib/request-error.ts";

/** Who is blocked is not told, and nothing that they can call answers otherwise than before. */
export async function blockPerson(app: App, session: Session, userId: string): Promise<void> {
  await app.rateLimits.take("block", session.userId);
  if (userId === session.userId)
    throw new RequestError("to-yourself", "That is you. You cannot block yourself.");
  if (!(await findUserById(app.db, userId))) throw unknownUser();
  const block = { blockerId: session.userId, blockedId: userId, limit: limits.blockedUsers };
  if (await blockUser(app.db, block)) return;
  throw new RequestError(
    "too-many-blocks",
    `You have blocked ${limits.blockedUsers} people, and that is as many as can be. Unblock someone first.`,
  );
}

export async function unblockPerson(app: App, session: Session, userId: string): Promise<void> {
  await app.rateLimits.take("block", session.userId);
  if (!(await findUserById(app.db, userId))) throw unknownUser();
  app.notifier.publish(await unblockUser(app.db, { blockerId: session.userId, blockedId: userId }));
}

export async function listBlockedPeople(app: App, session: Session): Promise<BlockedUsers> {
  await app.rateLimits.take("block", session.userId);
  return { userIds: await listBlocked(app.db, session.userId) };
}
