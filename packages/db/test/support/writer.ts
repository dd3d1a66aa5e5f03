/** Opens the data directory given as argument and stores messages, printing the id of each that was acknowledged. */
import { openDatabase } from "../../src/index.ts";
import { storeMessages } from "./alone.ts";
import { createPair, outgoing } from "./people.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

const [dataDir = ""] = process.argv.slice(2);
const { db } = await openDatabase({ dataDir });
const { alice, bob, conversationId } = await createPair(db);
say(conversationId);
for (;;) {
  const message = outgoing(conversationId, bob.id);
  const { results } = await storeMessages(db, { senderId: alice.id, messages: [message] });
  if (results[0]?.status === "stored") say(message.id);
}
