import { expect, test } from "vitest";
import type { Messenger } from "@sotto/client";
import { serveFailure } from "../src/worker/host.ts";
import { neverAnswered, openChannel, openPage, startHost, until } from "./support/port.ts";

const ready = ({ status }: { status: string }) => status === "ready";

test("a page learns who is signed in, whether it or the host comes first", async () => {
  const early = openPage();
  startHost();
  const late = openPage();
  await Promise.all([until(early, ready), until(late, ready)]);
  for (const page of [early, late]) {
    expect(page.getState()).toMatchObject({ user: { username: "ada" }, connection: "online", left: null });
  }
});

test("a call made before there is a host is answered by the first one", async () => {
  const page = openPage();
  const answer = page.call("request", "users.search", { prefix: "bob" });
  startHost({ request: async (path, input) => ({ path, input }) });
  expect(await answer).toEqual({ path: "users.search", input: { prefix: "bob" } });
});

test("a page that is looked at again wakes the messenger", async () => {
  const page = openPage();
  const woken = new Promise<void>((resolve) => {
    startHost({ wake: resolve });
  });
  await until(page, ready);
  page.wake();
  await woken;
});

test("an answer reaches only the page that asked", async () => {
  const [one, two] = [openPage(), openPage()];
  startHost({ request: async (_path, input) => input });
  const answers = await Promise.all([
    one.call("request", "users.get", "one"),
    two.call("request", "users.get", "two"),
  ]);
  expect(answers).toEqual(["one", "two"]);
});

test("an error keeps its code and its sentence; a fault of ours gets a general one", async () => {
  const taken = Object.assign(new Error("There is no one called bob."), { code: "unknown-user" });
  const page = openPage();
  startHost({
    openDirect: () => Promise.reject(taken),
    conversations: () => Promise.reject(new Error("x is undefined")),
  });
  await expect(page.call("openDirect", "bob")).rejects.toMatchObject({
    code: "unknown-user",
    message: "There is no one called bob.",
  });
  await expect(page.call("conversations")).rejects.toMatchObject({
    code: "internal",
    message: expect.not.stringContaining("undefined"),
  });
});

test("events reach every page, and the state follows them", async () => {
  const pages = [openPage(), openPage()];
  const host = startHost();
  await Promise.all(pages.map((page) => until(page, ready)));
  host.tell("connection", "offline");
  host.tell("session", { user: null, reason: "ended" });
  await Promise.all(
    pages.map((page) => until(page, (state) => state.status === "ready" && state.left === "ended")),
  );
  for (const page of pages) expect(page.getState()).toMatchObject({ user: null, connection: "offline" });
});

test("the next host answers a query that the last one left open", async () => {
  const page = openPage();
  const open = neverAnswered();
  const first = startHost({ conversations: open.call });
  const answer = page.call("conversations");
  await open.arrived;
  first.stop();
  startHost({ conversations: async () => [] });
  expect(await answer).toEqual([]);
});

test("what may have happened already is not done twice", async () => {
  const page = openPage();
  const open = neverAnswered();
  const first = startHost({ changePassword: open.call });
  const answer = page.call("changePassword", { oldPassword: "a", newPassword: "b" });
  await open.arrived;
  let repeats = 0;
  await until(page, ready);
  first.stop();
  const failure = answer.catch((error: unknown) => error);
  startHost({
    changePassword: async () => {
      repeats += 1;
    },
  });
  expect(await failure).toMatchObject({ code: "interrupted" });
  expect(repeats).toBe(0);
});

test("a call that no host ever took goes to the next one, whatever it is", async () => {
  const page = openPage();
  const first = startHost();
  await until(page, ready);
  first.stop();
  const answer = page.call("send", "c", { id: "1", text: "hello" });
  const sent: string[] = [];
  startHost({
    send: async (_conversationId, { text }) => {
      sent.push(text);
      return { id: "1", createdAt: "2026-03-18T12:00:00.000000Z" };
    },
  });
  await answer;
  expect(sent).toEqual(["hello"]);
});

test("a message that may have been sent already is given to the next host as the same one", async () => {
  const page = openPage();
  const { queue, arrived } = openQueue();
  const first = startHost({ queue });
  const answer = page.call("send", "c", { id: "7", text: "hello" });
  await arrived;
  first.stop();
  const ids: (string | undefined)[] = [];
  startHost({
    send: async (_conversationId, { id }) => {
      ids.push(id);
      return { id: "7", createdAt: "2026-03-18T12:00:00.000000Z" };
    },
  });
  await answer;
  expect(ids).toEqual(["7"]);
});

test("what the host of a closed tab says late of a call that the next one has is not heard", async () => {
  const page = openPage();
  const { queue, arrived, refuse } = openQueue();
  startHost({ queue });
  const answer = page.call("send", "c", { id: "7", text: "hello" });
  await arrived;
  const { queue: next, arrived: taken, take } = openQueue();
  startHost({ queue: next });
  await taken;
  refuse(Object.assign(new Error("Another tab has taken over."), { code: "store-in-use" }));
  take();
  await expect(answer).resolves.toBeUndefined();
});

test("a page that two hosts answer ends with the one that began last", async () => {
  startHost({ openDirect: neverAnswered().call });
  startHost({ openDirect: () => Promise.reject(Object.assign(new Error("No."), { code: "unknown-user" })) });
  const page = openPage();
  await until(page, ready);
  await expect(page.call("openDirect", "bob")).rejects.toMatchObject({ code: "unknown-user" });
});

test("the host of a closed tab that runs on for a moment takes no call that is meant for the next one", async () => {
  const page = openPage();
  let taken = 0;
  const closed = startHost({
    openDirect: () => {
      taken += 1;
      return new Promise<never>(() => {});
    },
  });
  await until(page, ready);
  const { host } = page.getState() as { host: string };
  startHost({ openDirect: () => Promise.reject(Object.assign(new Error("No."), { code: "unknown-user" })) });
  await until(page, (state) => state.status === "ready" && state.host !== host);
  await expect(page.call("openDirect", "bob")).rejects.toMatchObject({ code: "unknown-user" });
  closed.stop();
  expect(taken).toBe(0);
});

/** A queue whose one message the test takes or refuses. */
function openQueue() {
  let take = () => {};
  let refuse: (error: Error) => void = () => {};
  const settled = new Promise<void>((resolve, reject) => {
    take = resolve;
    refuse = reject;
  });
  let asked = () => {};
  const arrived = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const send = () => {
    asked();
    return settled;
  };
  return { queue: { send } as Partial<Messenger["queue"]> as Messenger["queue"], arrived, take, refuse };
}

test("sending resolves once the message is queued, long before a server has it", async () => {
  const page = openPage();
  const { queue, take } = openQueue();
  startHost({ queue, send: neverAnswered().call });
  const answer = page.call("send", "c", { id: "1", text: "hello" });
  take();
  await expect(answer).resolves.toBeUndefined();
});

test("a message that could not be queued is refused to the page, whatever else happens in the conversation", async () => {
  const page = openPage();
  const { queue, arrived, refuse } = openQueue();
  const host = startHost({ queue });
  const answer = page.call("send", "c", { id: "1", text: "x" });
  const failure = answer.catch((error: unknown) => error);
  await arrived;
  const seen = new Promise<void>((resolve) => {
    const stop = page.on("messages", () => resolve(stop()));
    host.tell("messages", { conversationId: "c" });
  });
  await seen;
  refuse(Object.assign(new Error("The key has changed."), { code: "key-changed" }));
  expect(await failure).toMatchObject({ code: "key-changed" });
});

test("a messenger that could not start says why, also to pages that come later", async () => {
  const early = openPage();
  const error = Object.assign(new Error("The browser refuses to store anything."), {
    code: "store-unreadable",
  });
  serveFailure(error, openChannel());
  const late = openPage();
  for (const page of [early, late]) {
    await until(page, ({ status }) => status === "unavailable");
    expect(page.getState()).toMatchObject({ status: "unavailable", error: { code: "store-unreadable" } });
  }
});
