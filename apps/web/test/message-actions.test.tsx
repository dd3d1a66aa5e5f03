// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Message } from "@sotto/client";
import { ChatContext } from "../src/features/chat/chat-context.ts";
import type { Chat } from "../src/features/chat/chat-context.ts";
import { DetailsDialog } from "../src/features/chat/details-dialog.tsx";
import { MessageItem } from "../src/features/chat/message-item.tsx";
import { MessageMenu } from "../src/features/chat/message-menu.tsx";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const anchor = { x: 0, y: 0, width: 0, height: 0 };

function createChat() {
  return {
    conversationId: "c",
    myId: "me",
    peerName: "bob",
    mayWrite: true,
    open: vi.fn<Chat["open"]>(),
    begin: vi.fn<Chat["begin"]>(),
    jumpTo: vi.fn<Chat["jumpTo"]>(),
    react: vi.fn<Chat["react"]>(),
    retry: vi.fn<Chat["retry"]>(),
    discard: vi.fn<Chat["discard"]>(),
  };
}

async function showMenu(of: Message) {
  const chat = createChat();
  const onClose = vi.fn<() => void>();
  const shown = await show(
    <ChatContext value={chat}>
      <MessageMenu message={of} anchor={anchor} onClose={onClose} />
    </ChatContext>,
    {},
  );
  await screen.findByRole("menu");
  const items = () => screen.getAllByRole("menuitem").map(({ textContent }) => textContent);
  return { ...shown, chat, items };
}

async function showItem(of: Message) {
  const chat = createChat();
  const shown = await show(
    <ChatContext value={chat}>
      <MessageItem message={of} own author="You" meta shown={false} tabStop />
    </ChatContext>,
    {},
  );
  return { ...shown, chat };
}

test("an own message can be changed and deleted, that of somebody else can not", async () => {
  const own = await showMenu(message());
  expect(own.items()).toEqual(expect.arrayContaining(["Reply", "Edit", "Copy text", "Delete"]));
  own.unmount();
  const theirs = await showMenu(message({ senderId: "bob" }));
  expect(theirs.items()).toContain("Reply");
  expect(theirs.items()).not.toContain("Edit");
  expect(theirs.items()).not.toContain("Delete");
});

test("of a deleted message nothing is left but its details", async () => {
  const { items } = await showMenu(message({ deleted: true, text: "" }));
  expect(items()).toEqual(["Details"]);
});

test("what one chooses is begun for that message", async () => {
  const { user, chat } = await showMenu(message());
  await user.click(screen.getByRole("menuitem", { name: "Edit" }));
  await waitFor(() => expect(chat.begin).toHaveBeenCalledWith({ kind: "edit", messageId: "m" }));
});

test("a refused message says why in the reader's words, and can be sent again or discarded", async () => {
  const refused = {
    state: "refused",
    refusal: "As the server said it.",
    refusalReason: "wrong-recipients",
  } as const;
  const { user, chat } = await showItem(message(refused));
  expect(screen.getByText("Not sent. The message is addressed to somebody who is not here.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(chat.retry).toHaveBeenCalledWith("m");
  await user.click(screen.getByRole("button", { name: "Discard" }));
  expect(chat.discard).toHaveBeenCalledWith("m");
});

test("a reason that only a newer server knows is said as it was given", async () => {
  await showItem(message({ state: "refused", refusal: "The house is full.", refusalReason: "full-house" }));
  expect(screen.getByText("Not sent. The house is full.")).toBeTruthy();
});

test("Enter on a message opens its menu", async () => {
  const { user, chat } = await showItem(message());
  screen.getByRole("article", { name: "You" }).focus();
  await user.keyboard("{Enter}");
  expect(chat.open).toHaveBeenCalledWith(expect.objectContaining({ kind: "menu", messageId: "m" }));
});

test.each([
  ["read", "Sent"],
  ["refused", "Written"],
  ["queued", "Written"],
] as const)("the details of a message that is %s give its time as: %s", async (state, label) => {
  await show(
    <ChatContext value={createChat()}>
      <DetailsDialog message={message({ state })} onClose={() => {}} />
    </ChatContext>,
    {},
  );
  const time = await screen.findByText("Wednesday, March 18, 2026", { exact: false });
  expect(time.closest("dd")?.previousElementSibling?.textContent).toBe(label);
});
