import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Api } from "../src/api.ts";
import { createEmitter } from "../src/emitter.ts";
import { createGate } from "../src/gate.ts";
import { createLibrary } from "../src/library.ts";
import type { Preferences } from "../src/preferences.ts";
import { createReadMarks } from "../src/read-marks.ts";
import { keys } from "../src/records.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("a mark that got no answer is told again by itself while the device is online, until it is known", async () => {
  const store = memoryStore();
  const library = createLibrary(store, () => []);
  await store.commit([{ key: keys.readMark("c"), value: "m" }]);
  const told: string[] = [];
  const known = createGate();
  const markRead = async ({ messageId }: { messageId: string }) => {
    told.push(messageId);
    if (told.length < 3) throw new Error("no answer");
    known.open();
  };
  const readMarks = createReadMarks({
    store,
    library,
    api: { messages: { markRead: { mutate: markRead } } } as unknown as Api,
    emitter: createEmitter(),
    preferences: {} as Preferences,
    isOnline: () => true,
    onReadElsewhere: () => undefined,
  });
  await readMarks.flush();
  await known.opened;
  await readMarks.flush();
  expect(told).toEqual(["m", "m", "m"]);
  expect(await store.get(keys.readMark("c"))).toBeUndefined();
  readMarks.close();
});
