import { expect, test } from "vitest";
import { createLiveStore } from "../src/lib/live-store.ts";
import type { MessengerPort } from "../src/lib/messenger-port.ts";
import { neverAnswered, openPage, startHost } from "./support/port.ts";

/** The answers that a live query gives, one at a time. */
function watchConversations(port: MessengerPort) {
  const live = createLiveStore(port);
  let told = () => {};
  live.subscribe(
    "conversations",
    (asked) => asked.call("conversations"),
    () => told(),
  );
  const next = () =>
    new Promise<unknown>((resolve) => {
      told = () => resolve(live.get("conversations").value);
    });
  return { live, next };
}

test("a live query is asked again when its topic changes, and only then", async () => {
  const page = openPage();
  let asked = 0;
  const host = startHost({
    conversations: async () => {
      asked += 1;
      return [];
    },
  });
  const { next } = watchConversations(page);
  expect(await next()).toEqual([]);
  host.tell("messages", { conversationId: "c" });
  host.tell("conversations", undefined);
  await next();
  expect(asked).toBe(2);
});

test("a live query is asked again when another host takes over", async () => {
  const page = openPage();
  const first = startHost({ conversations: async () => [] });
  const { live, next } = watchConversations(page);
  await next();
  first.stop();
  const error = Object.assign(new Error("Sign in first."), { code: "not-signed-in" });
  startHost({ conversations: () => Promise.reject(error) });
  await next();
  expect(live.get("conversations")).toMatchObject({ value: [], error: { code: "not-signed-in" } });
});

test("what one person saw is gone for the next", async () => {
  const page = openPage();
  const open = neverAnswered();
  let answers = 0;
  const host = startHost({
    conversations: () => {
      answers += 1;
      return answers === 1 ? Promise.resolve([]) : open.call();
    },
  });
  const { live, next } = watchConversations(page);
  await next();
  host.tell("session", { user: null, reason: "signed-out" });
  await open.arrived;
  expect(live.get("conversations")).toEqual({ value: undefined, error: null });
});
