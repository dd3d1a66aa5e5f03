import { patchSource } from "./patch-source.mjs";

// The answer goes out at once, and the messages are stored a moment later.
patchSource([
  {
    file: "/apps/server/src/services/messages.service.ts",
    passage: "const stored = await app.writes.send({ senderId: session.userId, messages: sound });",
    instead: `const createdAt = new Date().toISOString().replace("Z", "000Z");
  const stored: SendResult[] = sound.map(({ id }) => ({ status: "stored", id, createdAt }));
  setTimeout(() => void app.writes.send({ senderId: session.userId, messages: sound }), 3_000);`,
  },
]);
