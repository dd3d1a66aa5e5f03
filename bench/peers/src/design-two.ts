/**
 * Socket.IO, jsonwebtoken and Prisma: the other usual start. The conversation is found or made, the message is
 * created in it and goes to the room of its recipient. Who comes back names the last message they have, as the
 * tutorial of Socket.IO does it.
 */
import { createSecretKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import jwt from "jsonwebtoken";
import { Server, type Socket } from "socket.io";
import { type Message, PrismaClient } from "../generated/client.ts";

type Sent = { to: string; content: string };
type Page = { with: string; before?: number; limit: number };
type Data = { userId: string };
type Wire = { id: number; from: string; content: string; createdAt: Date };
type FromClient = {
  send: (sent: Sent, acknowledge: (stored: { id: number; createdAt: Date }) => void) => void;
  history: (page: Page, answer: (messages: Wire[]) => void) => void;
};
type ToClient = { message: (message: Wire) => void; missed: (messages: Wire[]) => void };

const pageMax = 200;
const secret = createSecretKey(Buffer.from(process.env["JWT_SECRET"] ?? ""));
const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env["DATABASE_URL"] ?? "" }),
});
const httpServer = createServer();
const io = new Server<FromClient, ToClient, Record<string, never>, Data>(httpServer, {
  transports: ["websocket"],
  maxHttpBufferSize: 128 * 1024,
});

io.use((socket, next) => {
  try {
    const claims = jwt.verify(String(socket.handshake.auth["token"]), secret, { algorithms: ["HS256"] });
    socket.data.userId = String(claims.sub);
    next();
  } catch {
    next(new Error("The token is not valid."));
  }
});

function toWire({ id, senderId, content, createdAt }: Message): Wire {
  return { id, from: senderId, content, createdAt };
}

function pairOf(one: string, other: string) {
  const [userAId = one, userBId = other] = [one, other].sort();
  return { userAId, userBId };
}

/** Two calls at once may both find none: the unique pair lets one of them make it, and the other finds that. */
async function findOrCreateConversation(one: string, other: string): Promise<{ id: number }> {
  const userAId_userBId = pairOf(one, other);
  const find = () => prisma.conversation.findUnique({ where: { userAId_userBId }, select: { id: true } });
  const known = await find();
  if (known !== null) return known;
  try {
    return await prisma.conversation.create({ data: userAId_userBId, select: { id: true } });
  } catch (error) {
    const made = await find();
    if (made === null) throw error;
    return made;
  }
}

async function store(senderId: string, { to, content }: Sent): Promise<Message> {
  const conversation = await findOrCreateConversation(senderId, to);
  return prisma.message.create({
    data: { conversationId: conversation.id, senderId, recipientId: to, content },
  });
}

async function deliverMissed(
  socket: Socket<FromClient, ToClient, Record<string, never>, Data>,
): Promise<void> {
  const after: unknown = socket.handshake.auth["after"];
  if (typeof after !== "number") return;
  const missed = await prisma.message.findMany({
    where: { recipientId: socket.data.userId, id: { gt: after } },
    orderBy: { id: "asc" },
  });
  if (missed.length > 0) socket.emit("missed", missed.map(toWire));
}

async function listHistory(userId: string, page: Page): Promise<Wire[]> {
  const conversation = await prisma.conversation.findUnique({
    where: { userAId_userBId: pairOf(userId, page.with) },
    select: { id: true },
  });
  if (conversation === null) return [];
  const messages = await prisma.message.findMany({
    where: {
      conversationId: conversation.id,
      ...(page.before === undefined ? {} : { id: { lt: page.before } }),
    },
    orderBy: { id: "desc" },
    take: Math.min(page.limit, pageMax),
  });
  return messages.map(toWire);
}

io.on("connection", (socket) => {
  const { userId } = socket.data;
  const fail = (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    socket.disconnect(true);
  };
  void socket.join(userId);
  socket.on("send", (sent, acknowledge) => {
    store(userId, sent).then((message) => {
      acknowledge({ id: message.id, createdAt: message.createdAt });
      io.to(sent.to).emit("message", toWire(message));
    }, fail);
  });
  socket.on("history", (page, answer) => {
    listHistory(userId, page).then(answer, fail);
  });
  deliverMissed(socket).catch(fail);
});

httpServer.listen(0, "127.0.0.1", () => {
  const { port } = httpServer.address() as AddressInfo;
  process.stdout.write(`Design two on http://127.0.0.1:${port}\n`);
});
