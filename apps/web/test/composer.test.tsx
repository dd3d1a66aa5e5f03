// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Messenger } from "@sotto/client";
import { SottoError } from "@sotto/client";
import { ChatContext } from "../src/features/chat/chat-context.ts";
import type { Chat } from "../src/features/chat/chat-context.ts";
import { NewComposer } from "../src/features/chat/new-composer.tsx";
import { useConversations } from "../src/lib/use-conversations.ts";
import { conversation } from "./support/conversation.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const nothing = () => {};

/** With the draft as the messenger has it, as the screen gives it. */
function Kept() {
  const draft = useConversations().value?.[0]?.draft;
  if (draft === undefined) return null;
  return (
    <>
      <output>{draft}</output>
      <NewComposer replyTo={null} onDone={nothing} onSent={nothing} draft={draft} />
    </>
  );
}

async function showComposer(answers: Partial<Messenger>, draft = "") {
  const begin = vi.fn<Chat["begin"]>();
  const chat: Chat = {
    conversationId: "c",
    myId: "me",
    peerName: "bob",
    mayWrite: true,
    begin,
    open: nothing,
    jumpTo: nothing,
    react: nothing,
    retry: nothing,
    discard: nothing,
  };
  const quiet = { setDraft: () => Promise.resolve(), sendTyping: () => Promise.resolve() };
  let kept = draft;
  const conversations = () => Promise.resolve([conversation("bob", { id: "c", draft: kept })]);
  const shown = await show(
    <ChatContext value={chat}>
      <Kept />
    </ChatContext>,
    { ...quiet, conversations, ...answers },
  );
  const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Message" });
  /** Resolves once the screen has heard of it. */
  const keep = async (text: string) => {
    kept = text;
    shown.tell("conversations", undefined);
    await waitFor(() => expect(screen.getByRole("status").textContent).toBe(text));
  };
  return { ...shown, begin, field, keep };
}

const stored = () => Promise.resolve({ id: "m", createdAt: "2026-03-18T12:00:00.000000Z" });

test("Enter sends what was written without the space around it, and empties the field", async () => {
  const send = vi.fn<Messenger["send"]>(stored);
  const { user, field } = await showComposer({ send });
  await user.type(field, " Hello there {Enter}");
  expect(field.value).toBe("");
  await waitFor(() =>
    expect(send).toHaveBeenCalledWith("c", { id: expect.any(String), text: "Hello there" }),
  );
});

test("Shift+Enter breaks the line, and nothing but space is not sent", async () => {
  const send = vi.fn<Messenger["send"]>(stored);
  const { user, field } = await showComposer({ send });
  await user.type(field, "one{Shift>}{Enter}{/Shift}two");
  expect(field.value).toBe("one\ntwo");
  await user.clear(field);
  await user.type(field, "   {Enter}");
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Send" }).disabled).toBe(true);
  expect(send).not.toHaveBeenCalled();
});

test("what is written has its own direction, and the words in the empty field that of the app", async () => {
  const { user, field } = await showComposer({});
  expect(field.dir).toBe("");
  await user.type(field, "مرحبا");
  expect(field.dir).toBe("auto");
});

test("what was refused on this device comes back into the field, with the reason", async () => {
  const send = () => Promise.reject(new SottoError("message-too-large", "It has 70000 bytes."));
  const { user, field } = await showComposer({ send });
  await user.type(field, "A long story{Enter}");
  expect(await screen.findByText("The message is too long. Send it in parts.")).toBeTruthy();
  expect(field.value).toBe("A long story");
});

test("a draft is there again, and what is written is kept when one leaves", async () => {
  const setDraft = vi.fn<Messenger["setDraft"]>(() => Promise.resolve());
  const { user, field, unmount } = await showComposer({ setDraft }, "What I was");
  expect(field.value).toBe("What I was");
  await user.type(field, " about to say");
  unmount();
  await waitFor(() => expect(setDraft).toHaveBeenLastCalledWith("c", "What I was about to say"));
});

test("what was kept elsewhere is taken over, unless something that is not kept yet stands in the field", async () => {
  const { user, field, keep } = await showComposer({}, "Hello");
  await keep("Hello world");
  expect(field.value).toBe("Hello world");
  await user.type(field, "!");
  await keep("Good morning");
  expect(field.value).toBe("Hello world!");
});

test("an echo of what was kept a while ago shortens nothing", async () => {
  const setDraft = vi.fn<Messenger["setDraft"]>(() => Promise.resolve());
  const { user, field, keep } = await showComposer({ setDraft });
  await user.type(field, "Hello");
  await waitFor(() => expect(setDraft).toHaveBeenLastCalledWith("c", "Hello"));
  await user.type(field, " world");
  await waitFor(() => expect(setDraft).toHaveBeenLastCalledWith("c", "Hello world"));
  await keep("Hello");
  expect(field.value).toBe("Hello world");
  await keep("Hello world");
  await keep("from another device");
  expect(field.value).toBe("from another device");
});

test("arrow up where older messages can't be reached says so", async () => {
  const history = () => Promise.reject(new SottoError("offline", "The server can't be reached."));
  const { user, field } = await showComposer({ history });
  await user.type(field, "{ArrowUp}");
  expect(await screen.findByText(/The server can't be reached right now/)).toBeTruthy();
});

test("arrow up in the empty field edits the last own message that can be edited", async () => {
  const messages = [
    message({ id: "theirs", senderId: "bob" }),
    message({ id: "refused", state: "refused" }),
    message({ id: "deleted", deleted: true }),
    message({ id: "unreadable", problem: "unreadable", text: "" }),
    message({ id: "mine" }),
    message({ id: "older" }),
  ];
  const { user, field, begin } = await showComposer({ history: () => Promise.resolve(messages) });
  await user.type(field, "x{ArrowUp}");
  expect(begin).not.toHaveBeenCalled();
  await user.clear(field);
  await user.type(field, "{ArrowUp}");
  await waitFor(() => expect(begin).toHaveBeenCalledWith({ kind: "edit", messageId: "mine" }));
});
