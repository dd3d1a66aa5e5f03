// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { ArrivalsElsewhere } from "../src/app/arrivals-elsewhere.tsx";
import { Arrivals } from "../src/features/chat/arrivals.tsx";
import { useConversations } from "../src/lib/use-conversations.ts";
import { conversation } from "./support/conversation.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const lines = () => [...screen.getByRole("status").children].map(({ textContent }) => textContent?.trim());

test("what arrives in the open conversation is said line by line, the same words twice where they came twice", async () => {
  const { tell } = await show(<Arrivals conversation={conversation("ben", { id: "c" })} myId="me" />, {});
  const arrive = (id: string, more: Parameters<typeof message>[0]) =>
    tell("message", message({ id, senderId: "ben", state: "unread", ...more }));
  arrive("1", { text: "**Yes**" });
  arrive("2", { text: "**Yes**" });
  arrive("3", { text: "", problem: "unreadable" });
  arrive("4", { text: "elsewhere", conversationId: "d" });
  arrive("5", { text: "of another device of mine", senderId: "me" });
  arrive("6", { text: "last" });
  await waitFor(() =>
    expect(lines()).toEqual(["ben: Yes", "ben: Yes", "ben: This message could not be opened.", "ben: last"]),
  );
  // Else a screen reader begins with the first of them again.
  expect(screen.getByRole("status").getAttribute("aria-atomic")).toBe("false");
});

function Elsewhere() {
  return useConversations().value ? <ArrivalsElsewhere openId="ada" /> : null;
}

test("of another conversation it is said who wrote, once for several that come together, and nothing of muted ones", async () => {
  const all = [
    conversation("ada"),
    conversation("ben"),
    conversation("cyd", { muted: true }),
    conversation("dan"),
  ];
  const { tell } = await show(<Elsewhere />, { conversations: () => Promise.resolve(all) });
  await screen.findByRole("status");
  for (const [index, name] of ["ada", "ben", "cyd", "ben", "dan"].entries()) {
    tell("message", message({ id: `${index}`, conversationId: name, senderId: name, text: "a secret" }));
  }
  await waitFor(() => expect(lines()).toEqual(["New message from ben", "New message from dan"]));
});

test("who writes for the first time, or was accepted just now elsewhere, is said like any other; a stranger is not", async () => {
  let all = [conversation("ada"), conversation("ben", { request: true })];
  const { tell } = await show(<Elsewhere />, { conversations: () => Promise.resolve(all) });
  await screen.findByRole("status");
  // No event tells the page of it before the message does.
  all = [
    conversation("ada"),
    conversation("ben"),
    conversation("cyd"),
    conversation("dan", { request: true }),
    conversation("eve"),
  ];
  for (const [index, name] of ["ben", "cyd", "dan", "eve"].entries()) {
    tell("message", message({ id: `${index}`, conversationId: name, senderId: name, text: "hello" }));
  }
  await waitFor(() =>
    expect(lines()).toEqual(["New message from ben", "New message from cyd", "New message from eve"]),
  );
});
