import { encodeBase64, generateKeyPair } from "@sotto/crypto";
import { directConversationName, uuidOfDigest } from "@sotto/protocol";
import { expect, test } from "vitest";
import { createModelDevice } from "./model-device.ts";
import { createModelServer } from "./model-server.ts";

const [own, other] = ["ada", "ben"].map((username, index) => ({
  id: `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`,
  username,
  publicKey: encodeBase64(generateKeyPair().publicKey),
})) as [Person, Person];
type Person = { id: string; username: string; publicKey: string };

/** Ten unread messages, of which the device has loaded the newest two. */
async function createScene() {
  const name = new TextEncoder().encode(directConversationName(own.id, other.id));
  const conversationId = uuidOfDigest(new Uint8Array(await crypto.subtle.digest("SHA-256", name)));
  const server = createModelServer(own, other, conversationId);
  const ids = Array.from({ length: 10 }, () => server.write(other));
  const device = createModelDevice(server, own, conversationId);
  await device.reload(() => undefined);
  const unread = async () => (await device.state())?.unreadCount;
  expect(await unread()).toBe(10);
  const readElsewhere = async (index: number) => {
    server.read(ids[index] ?? "");
    await device.receive(0, 1, true);
  };
  /** Whatever older pages are asked for arrive. */
  const unreadAfterLoading = async () => {
    for (let pages = 0; pages < 5; pages += 1) await device.settle();
    return unread();
  };
  const readPrivately = async (index: number) => {
    const { wire } = server.envelopes[index] ?? {};
    if (wire !== undefined) await device.readPrivately({ id: wire.id, createdAt: wire.createdAt });
  };
  return { readPrivately, server, device, unread, readElsewhere, unreadAfterLoading };
}

test("what was read on another device below what is loaded here is loaded, and no longer counted", async () => {
  const { server, device, readElsewhere, unreadAfterLoading } = await createScene();
  await readElsewhere(3);
  expect(await unreadAfterLoading()).toBe(6);
  // No further than it takes: two pages of three.
  expect(await device.state()).toMatchObject({ complete: false, messages: { length: 8 } });
  server.write(other);
  await device.receive(0, 1, true);
  await readElsewhere(9);
  expect(await unreadAfterLoading()).toBe(1);
});

test("the same goes for what was read there in private", async () => {
  const { device, readPrivately, unread, unreadAfterLoading } = await createScene();
  await readPrivately(3);
  expect(await unread()).toBe(10);
  expect(await unreadAfterLoading()).toBe(6);
  expect(await device.state()).toMatchObject({ complete: false, messages: { length: 8 } });
});

test("a mark on another device counts also where the page with it was on its way already", async () => {
  const { device, readElsewhere, unread, unreadAfterLoading } = await createScene();
  await device.askForOlder();
  await readElsewhere(6);
  expect(await unread()).toBe(10);
  expect(await unreadAfterLoading()).toBe(3);
});

test("what is not here yet when the program ends is loaded after its next start", async () => {
  const { device, readElsewhere, unreadAfterLoading } = await createScene();
  await readElsewhere(3);
  device.restart();
  await device.goOnline();
  expect(await unreadAfterLoading()).toBe(6);
});
