import { createMessenger, memoryStore, type Messenger, SottoError } from "@sotto/client";

export const demoPeople = [
  { username: "ada", password: "violin tundra marmalade" },
  { username: "ben", password: "gravel sonata lighthouse" },
  { username: "cleo", password: "copper orchard midnight" },
] as const;

const messagesPerConversation = 120;

/** Enough different lines that a list of them looks like people talking. */
const lines = [
  "Did you see the programme for Saturday?",
  "Yes! I would like to go to the early one.",
  "Then I'll get the tickets.",
  "Could you bring the folding chairs? There are only six here.",
  "I can bring four. My sister has two more, I'll ask her.",
  "Perfect.",
  "What about the rain?",
  "They say it stops at noon. Let's hope.",
  "I read the draft. The second part is much better now, but I would still move the interview to the front.",
  "Hm. Let me try that tonight.",
  "No hurry, the printer wants it on Thursday.",
  "Done. Have a look when you can.",
  "Much better!",
  "Grandma asks whether you still have her big pot.",
  "I do. Tell her I'll bring it on Sunday.",
  "She says: with something in it, please.",
];

/** Makes the demo people and lets each two of them talk, unless that was done before. */
export async function seedDemo(url: string): Promise<void> {
  const people: Messenger[] = [];
  for (const person of demoPeople) {
    const messenger = await createMessenger({ url, store: memoryStore() });
    people.push(messenger);
    try {
      await messenger.signUp(person);
    } catch (error) {
      const seededBefore = error instanceof SottoError && error.code === "username-taken";
      await Promise.all(people.map((each) => each.close()));
      if (seededBefore) return;
      throw error;
    }
  }
  for (const [index, one] of people.entries()) {
    for (const other of people.slice(index + 1)) await talk(one, other);
  }
  await Promise.all(people.map((each) => each.close()));
}

async function talk(one: Messenger, other: Messenger): Promise<void> {
  const chat = await one.openDirect(other.user?.username ?? "");
  let lastId = "";
  for (let turn = 0; turn < messagesPerConversation; turn += 1) {
    // Runs of one to three messages, as people write.
    const speaker = Math.floor(turn / 3) % 2 === 0 ? one : other;
    const sent = await speaker.send(chat.id, { text: lines[turn % lines.length] ?? "" });
    if (turn < messagesPerConversation - 2) lastId = sent.id;
  }
  await one.markRead(chat.id, lastId);
  await other.markRead(chat.id, lastId);
}
