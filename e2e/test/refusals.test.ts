import { createMessenger, memoryStore } from "@sotto/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { password, type Person, signUp } from "../src/people.ts";
import { type ServerProcess, startServerProcess } from "../src/server-process.ts";

/** What a program and, by its sentence, a person is told. Refusals are by the real server, seen through the client. */
describe("each mistake gets one clear sentence", () => {
  let server: ServerProcess;
  let ada: Person;
  beforeAll(async () => {
    server = await startServerProcess("pglite");
    ada = await signUp(server.url, "ada");
    await (await signUp(server.url, "ben")).close();
  });
  afterAll(async () => {
    await ada.close();
    await server[Symbol.asyncDispose]();
  });

  const stranger = async () => {
    const messenger = await createMessenger({ url: server.url, store: memoryStore() });
    return Object.assign(Object.create(messenger) as typeof messenger, {
      [Symbol.asyncDispose]: () => messenger.close(),
    });
  };

  test("an unknown name, and one's own", async () => {
    await expect(ada.openDirect("nobody")).rejects.toMatchObject({
      code: "unknown-user",
      message: "There is no one called nobody.",
    });
    await expect(ada.openDirect("ADA")).rejects.toMatchObject({
      code: "to-yourself",
      message: /That is you/,
    });
  });

  test("a name that is taken, in any case, leaves nobody signed in", async () => {
    await using other = await stranger();
    await expect(other.signUp({ username: "Ada", password })).rejects.toMatchObject({
      code: "username-taken",
      message: expect.stringMatching(/taken/),
    });
    expect(other.user).toBeNull();
    await expect(other.conversations()).rejects.toMatchObject({ code: "not-signed-in" });
  });

  test("a name that cannot be one", async () => {
    await using other = await stranger();
    for (const username of ["al", "a".repeat(33), "-dash", "two words", "näme"]) {
      await expect(other.signUp({ username, password })).rejects.toMatchObject({
        code: "bad-input",
        message: expect.stringMatching(/^A username/),
      });
    }
  });

  test("a weak password is refused on the device, before anything is sent", async () => {
    const nowhere = await createMessenger({ url: "http://127.0.0.1:9", store: memoryStore() });
    await expect(nowhere.signUp({ username: "cleo", password: "12345678" })).rejects.toMatchObject({
      code: "weak-password",
    });
    await nowhere.close();
  });

  test("an unknown name and a wrong password alike, and so for recovery", async () => {
    await using other = await stranger();
    const wrong = { code: "wrong-credentials", message: "The username or the password is wrong." };
    await expect(other.signIn({ username: "nobody", password })).rejects.toMatchObject(wrong);
    await expect(other.signIn({ username: "ada", password: "not the password" })).rejects.toMatchObject(
      wrong,
    );

    const recoveryKey = (await signUpAndLeave("recoverable")).recoveryKey;
    const newPassword = "gravel sonata lighthouse";
    const wrongRecovery = {
      code: "wrong-credentials",
      message: "The username or the recovery key is wrong.",
    };
    await expect(other.recover({ username: "nobody", recoveryKey, newPassword })).rejects.toMatchObject(
      wrongRecovery,
    );
    await expect(other.recover({ username: "ben", recoveryKey, newPassword })).rejects.toMatchObject(
      wrongRecovery,
    );
    await expect(
      other.recover({ username: "ben", recoveryKey: `${recoveryKey}X`, newPassword }),
    ).rejects.toMatchObject({ code: "wrong-recovery-key" });
  });

  test("a message that is empty, too large, or for a conversation that is none", async () => {
    const chat = await ada.openDirect("ben");
    await expect(ada.send(chat.id, { text: "  " })).rejects.toMatchObject({ code: "empty-message" });
    await expect(ada.send(chat.id, { text: "x".repeat(70_000) })).rejects.toMatchObject({
      code: "message-too-large",
      message: expect.stringMatching(/65536/),
    });
    await expect(ada.send("00000000-0000-4000-8000-000000000000", { text: "hi" })).rejects.toMatchObject({
      code: "unknown-conversation",
    });
    await expect(
      ada.history(chat.id, { before: "00000000-0000-4000-8000-000000000000" }),
    ).rejects.toMatchObject({
      code: "unknown-message",
    });
    expect(await ada.history(chat.id)).toEqual([]);
  });

  test("a prefix that is too short, a session that is none, a url that is none", async () => {
    await expect(ada.searchUsers("be")).rejects.toMatchObject({ code: "bad-input", message: /at least 3/ });
    await expect(ada.revokeSession("00000000-0000-4000-8000-000000000000")).rejects.toMatchObject({
      code: "unknown-session",
    });
    await expect(createMessenger({ url: "sotto", store: memoryStore() })).rejects.toMatchObject({
      code: "bad-input",
    });
  });

  test("a server that cannot be reached", async () => {
    const nowhere = await createMessenger({ url: "http://127.0.0.1:9", store: memoryStore() });
    await expect(nowhere.signIn({ username: "ada", password })).rejects.toMatchObject({
      code: "offline",
      message: /can't be reached/,
    });
    await nowhere.close();
  });

  test("signing in twice", async () => {
    await expect(ada.signIn({ username: "ben", password })).rejects.toMatchObject({
      code: "already-signed-in",
    });
    expect(ada.user?.username).toBe("ada");
  });

  async function signUpAndLeave(name: string): Promise<Person> {
    const person = await signUp(server.url, name);
    await person.close();
    return person;
  }
});

describe("registration", () => {
  test("closed, and by invitation with a wrong and the right code", async () => {
    await using closed = await startServerProcess("pglite", { REGISTRATION: "closed" });
    await expect(signUp(closed.url, "ada")).rejects.toMatchObject({ code: "registration-closed" });

    await using invited = await startServerProcess("pglite", {
      REGISTRATION: "invite",
      INVITE_CODE: "for friends",
    });
    const messenger = await createMessenger({ url: invited.url, store: memoryStore() });
    await expect(messenger.signUp({ username: "ada", password, inviteCode: "guess" })).rejects.toMatchObject({
      code: "invite-code-wrong",
    });
    await messenger.signUp({ username: "ada", password, inviteCode: "for friends" });
    expect(messenger.user?.username).toBe("ada");
    await messenger.close();
  });
});
