// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Message } from "@sotto/client";
import { ChatContext } from "../src/features/chat/chat-context.ts";
import { LogRow } from "../src/features/chat/log-row.tsx";
import { toRows } from "../src/features/chat/rows.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const nothing = () => {};
const chat = {
  conversationId: "c",
  myId: "me",
  peerName: "bob",
  mayWrite: true,
  open: nothing,
  begin: nothing,
  jumpTo: nothing,
  react: nothing,
  retry: nothing,
  discard: nothing,
};

async function showLine(of: Message) {
  await show(
    <ChatContext value={chat}>
      <LogRow
        conversationId="c"
        row={toRows([of], false, null)[0]}
        myId="me"
        peer={{ id: "bob", username: "bob", publicKey: "k" }}
        empty={false}
        now={new Date("2026-03-19T12:00:00Z")}
        shown={false}
        tabStop={false}
      />
    </ChatContext>,
    {},
  );
  return screen.getByRole("article");
}

test("what is missing before a message is said before it, and what is missing after it behind it", async () => {
  const line = await showLine(message({ senderId: "bob", missingBefore: 1, missingAfter: 2 }));
  const before = screen.getByText("1 message is missing.");
  const after = screen.getByText("2 messages after this one are missing.");
  expect(before.compareDocumentPosition(line)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  expect(line.compareDocumentPosition(after)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});
