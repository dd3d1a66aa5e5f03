import { patchSource } from "./patch-source.mjs";

// The answer goes out at once, and the messages are stored a moment later.
patchSource([
  {
    file: "/apps/server/src/services/messages.service.ts",
    passage: "const stored = await storeMessages(app.db, { senderId: session.userId, messages: sound });",
    instead: `const createdAt = new Date().toISOString().replace("Z", "000Z");
  const stored: Awaited<ReturnType<typeof storeMessages>> = {
    wake: [],
    results: sound.map(({ id }) => ({ status: "stored", id, createdAt })),
  };
  setTimeout(() => {
    void storeMessages(app.db, { senderId: session.userId, messages: sound }).then(({ wake }) => app.notifier.wake(wake));
  }, 3_000);`,
  },
]);
