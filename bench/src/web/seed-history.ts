/**
 * A year of conversations as the devices of two people would have left it: genuine envelopes, numbered and chained in
 * both directions, delivered and read. Only the times are made up, so the rows go into the database directly; the
 * server would stamp its own.
 */
import { createHash, randomUUID } from "node:crypto";
import { createRandom } from "@sotto/chaos/random";
import { sealMessage, type Sealer } from "@sotto/client/envelopes";
import {
  createKeyring,
  deviceBytes,
  encodeBase64,
  generateKeyPair,
  type KeyPair,
  randomBytes,
} from "@sotto/crypto";
import { createAccount, type Db, openDatabase, openDirectConversation } from "@sotto/db";
import { directConversationName, uuidOfDigest } from "@sotto/protocol";
import { sql } from "kysely";
import { v7 as uuidv7 } from "uuid";
import { createTexts } from "./texts.ts";

/** How much there is; the second newest conversation is the longest one. */
export type Size = { messages: number; conversations: number; longest: number };

export type Member = { id: string; username: string; keyPair: KeyPair };

export type Chat = { id: string; peer: string; newestText: string };

type Sealed = { id: string; senderId: string; recipientId: string; content: string; sentAtMs: number };
type Peer = Member & { sealer: Sealer };

const minuteMs = 60_000;
const yearMs = 365 * 24 * 60 * minuteMs;
/** People write in bursts. */
const burst = 12;
const rowsAtOnce = 2_000;

/**
 * Everything that `reader` has, who exists already, with `friend` in the newest conversation and with made-up people
 * in the others. Newest conversation first.
 */
export async function seedHistory(
  databaseUrl: string,
  { reader, friend, size }: { reader: Member; friend: Member; size: Size },
): Promise<Chat[]> {
  const write = createTexts(createRandom(1, "texts"));
  const database = await openDatabase({ databaseUrl });
  try {
    const own = toPeer(reader);
    const chats: Chat[] = [];
    const usual = Math.floor((size.messages - size.longest) / (size.conversations - 1));
    const nowMs = Date.now();
    for (let index = 0; index < size.conversations; index += 1) {
      const peer = toPeer(index === 0 ? friend : await createMember(database.db, `person-${index}`));
      const count = index === 1 ? size.longest : usual;
      chats.push(
        await createTalk(database.db, { own, peer, count, write, untilMs: nowMs - index * 20 * minuteMs }),
      );
    }
    await sql`analyze`.execute(database.db);
    return chats;
  } finally {
    await database.close();
  }
}

async function createMember(db: Db, username: string): Promise<Member> {
  const keyPair = generateKeyPair();
  const id = randomUUID();
  await createAccount(db, {
    id,
    username,
    publicKey: encodeBase64(keyPair.publicKey),
    registrationRecord: "none: nobody signs in",
    passwordSlot: "none",
    recoverySlot: "none",
    recoveryProofHash: "none",
  });
  return { id, username, keyPair };
}

function toPeer(member: Member): Peer {
  const sealer = {
    userId: member.id,
    keyring: createKeyring(member.keyPair),
    device: randomBytes(deviceBytes),
  };
  return { ...member, sealer };
}

async function createTalk(
  db: Db,
  talk: { own: Peer; peer: Peer; count: number; write: () => string; untilMs: number },
): Promise<Chat> {
  const { own, peer, count, write, untilMs } = talk;
  const digest = createHash("sha256").update(directConversationName(own.id, peer.id)).digest();
  const conversationId = uuidOfDigest(digest);
  await openDirectConversation(db, { id: conversationId, userId: own.id, peerId: peer.id });
  const messages: Sealed[] = [];
  const chains = new Map<Peer, ReturnType<typeof sealMessage>["chain"]>();
  let newestText = "";
  for (let index = 0; index < count; index += 1) {
    const [from, to] = Math.floor(index / 3) % 2 === 0 ? [own, peer] : [peer, own];
    const sentAtMs = timeOf(count - 1 - index, count, untilMs);
    const id = uuidv7({ msecs: sentAtMs });
    newestText = write();
    const { content, chain } = sealMessage(from.sealer, {
      recipient: { id: to.id, publicKey: encodeBase64(to.keyPair.publicKey) },
      conversationId,
      messageId: id,
      body: { type: "text", text: newestText },
      sentAtMs,
      chain: chains.get(from),
    });
    chains.set(from, chain);
    messages.push({ id, senderId: from.id, recipientId: to.id, content, sentAtMs });
  }
  for (let start = 0; start < count; start += rowsAtOnce)
    await insertMessages(db, conversationId, messages.slice(start, start + rowsAtOnce));
  return { id: conversationId, peer: peer.username, newestText };
}

/** Of the message that `back` others follow: half a minute apart within a burst, the bursts spread over the year. */
function timeOf(back: number, count: number, untilMs: number): number {
  const pauseMs = yearMs / Math.ceil(count / burst);
  return Math.floor(untilMs - Math.floor(back / burst) * pauseMs - (back % burst) * (minuteMs / 2));
}

async function insertMessages(db: Db, conversationId: string, messages: readonly Sealed[]): Promise<void> {
  const column = (pick: (message: Sealed) => string): string[] => messages.map(pick);
  await sql`
    with sent as (
      insert into messages
        (conversation_id, id, sender_id, recipient_id, encrypted_content, created_at, delivered_at, read_at)
      select ${conversationId}::uuid, id, sender, recipient, content, at, at, at
      from unnest(
        ${column(({ id }) => id)}::uuid[],
        ${column(({ senderId }) => senderId)}::uuid[],
        ${column(({ recipientId }) => recipientId)}::uuid[],
        ${column(({ content }) => content)}::text[],
        ${column(({ sentAtMs }) => new Date(sentAtMs).toISOString())}::timestamptz[]
      ) as m(id, sender, recipient, content, at)
      returning created_at
    )
    update conversations
    set last_message_at = (select max(created_at) from sent),
      created_at = least(created_at, (select min(created_at) from sent))
    where id = ${conversationId}::uuid`.execute(db);
}
