/**
 * Fastify, its WebSocket and JWT plugins, `pg`: what a careful person writes in an afternoon. A map says which sockets
 * a user has; each message is one INSERT, and one UPDATE once it has been handed to its recipient.
 */
import fastifyJwt from "@fastify/jwt";
import fastifyWebsocket, { type WebSocket } from "@fastify/websocket";
import Fastify from "fastify";
import { Pool } from "pg";

type Sent = { ref: number; to: string; content: string };
type Row = { id: string; sender_id: string; content: string; created_at: string };

const pageMax = 200;
const pool = new Pool({ connectionString: process.env["DATABASE_URL"] });
pool.on("error", (error) => process.stderr.write(`${error.message}\n`));
const sockets = new Map<string, Set<WebSocket>>();

const app = Fastify();
await app.register(fastifyJwt, { secret: process.env["JWT_SECRET"] ?? "" });
await app.register(fastifyWebsocket, { options: { maxPayload: 128 * 1024 } });

function userOf(token: string): string | null {
  try {
    return app.jwt.verify<{ sub: string }>(token).sub;
  } catch {
    return null;
  }
}

function tell(userId: string, frame: unknown): boolean {
  const open = [...(sockets.get(userId) ?? [])].filter((socket) => socket.readyState === socket.OPEN);
  if (open.length === 0) return false;
  const text = JSON.stringify(frame);
  for (const socket of open) socket.send(text);
  return true;
}

function toMessage({ id, sender_id, content, created_at }: Row) {
  return { id, from: sender_id, content, createdAt: created_at };
}

async function store(userId: string, socket: WebSocket, { ref, to, content }: Sent): Promise<void> {
  const { rows } = await pool.query<Row>({
    name: "insert-message",
    text: `insert into messages (sender_id, recipient_id, content) values ($1, $2, $3)
      returning id, sender_id, content, created_at`,
    values: [userId, to, content],
  });
  const [row] = rows;
  if (row === undefined) throw new Error("The message was not stored.");
  socket.send(JSON.stringify({ type: "ack", ref, id: row.id, createdAt: row.created_at }));
  if (!tell(to, { type: "message", message: toMessage(row) })) return;
  await pool.query({
    name: "mark-delivered",
    text: "update messages set delivered_at = now() where id = $1",
    values: [row.id],
  });
}

/** What came while the user was away. */
async function deliverMissed(userId: string, socket: WebSocket): Promise<void> {
  const { rows } = await pool.query<Row>({
    name: "select-undelivered",
    text: `select id, sender_id, content, created_at from messages
      where recipient_id = $1 and delivered_at is null order by id`,
    values: [userId],
  });
  if (rows.length === 0) return;
  socket.send(JSON.stringify({ type: "messages", messages: rows.map(toMessage) }));
  await pool.query({
    name: "mark-all-delivered",
    text: "update messages set delivered_at = now() where id = any($1)",
    values: [rows.map(({ id }) => id)],
  });
}

app.get<{ Querystring: { token?: string } }>("/ws", { websocket: true }, (socket, request) => {
  const userId = userOf(request.query.token ?? "");
  if (userId === null) {
    socket.close(4401, "The token is not valid.");
    return;
  }
  const own = sockets.get(userId) ?? new Set();
  sockets.set(userId, own.add(socket));
  socket.on("close", () => {
    own.delete(socket);
    if (own.size === 0) sockets.delete(userId);
  });
  const fail = (error: unknown) => {
    request.log.error(error);
    socket.close(1011, "The server failed.");
  };
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Sent;
    store(userId, socket, frame).catch(fail);
  });
  deliverMissed(userId, socket).catch(fail);
});

app.get<{ Querystring: { token?: string; with: string; before?: string; limit?: string } }>(
  "/messages",
  async (request, reply) => {
    const userId = userOf(request.query.token ?? "");
    if (userId === null) return reply.code(401).send({ error: "The token is not valid." });
    const { with: other, before, limit } = request.query;
    const { rows } = await pool.query<Row>({
      name: "select-history",
      text: `select id, sender_id, content, created_at from messages
        where least(sender_id, recipient_id) = least($1::uuid, $2::uuid)
          and greatest(sender_id, recipient_id) = greatest($1::uuid, $2::uuid)
          and id < coalesce($3::bigint, 9223372036854775807)
        order by id desc limit $4`,
      values: [userId, other, before ?? null, Math.min(Number(limit ?? pageMax), pageMax)],
    });
    return rows.map(toMessage);
  },
);

const address = await app.listen({ host: "127.0.0.1", port: 0 });
process.stdout.write(`Design one on ${address}\n`);
