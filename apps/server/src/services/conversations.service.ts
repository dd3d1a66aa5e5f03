import { findUserByUsername, listConversations, openDirectConversation } from "@sotto/db";
import type { ConversationPage, listConversationsInput, WireConversation } from "@sotto/protocol";
import { limits } from "@sotto/protocol";
import type * as z from "zod/mini";
import type { App } from "../app.ts";
import type { Session } from "../auth/session.ts";
import { directConversationId } from "../lib/direct-conversation-id.ts";
import { RequestError } from "../lib/request-error.ts";
import { inTurn, type LiveSocket } from "../socket/live-socket.ts";

export async function openDirect(app: App, session: Session, username: string): Promise<WireConversation> {
  await app.rateLimits.take("openDirect", session.userId);
  const peer = await findUserByUsername(app.db, username);
  if (!peer) throw new RequestError("unknown-user", `There is no one called ${username}.`);
  if (peer.id === session.userId) {
    throw new RequestError("to-yourself", "That is you. Choose someone else to talk to.");
  }
  const { conversation, runs } = await openDirectConversation(app.db, {
    id: directConversationId(session.userId, peer.id),
    userId: session.userId,
    peerId: peer.id,
  });
  app.notifier.publish(runs);
  return conversation;
}

export async function listOwnConversations(
  app: App,
  session: Session,
  socket: LiveSocket | null,
  input: z.infer<typeof listConversationsInput>,
): Promise<ConversationPage> {
  await app.rateLimits.take("conversations", session.userId);
  const page = {
    userId: session.userId,
    limit: input.limit,
    newest: limits.newestPerConversation,
    ...(input.after === undefined ? {} : { after: input.after }),
  };
  return inTurn(socket, () => listConversations(app.db, page));
}
