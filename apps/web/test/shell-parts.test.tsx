// @vitest-environment jsdom
import { screen } from "@testing-library/react";
import { useLocation } from "wouter";
import { expect, test } from "vitest";
import { useStep } from "../src/app/use-step.ts";
import { useConversations } from "../src/lib/use-conversations.ts";
import { conversation } from "./support/conversation.ts";
import { show } from "./support/render.tsx";

function Steps() {
  const [path] = useLocation();
  const step = useStep(path.slice("/c/".length));
  if (useConversations().value === undefined) return null;
  return (
    <>
      <button type="button" onClick={() => step(1)}>
        next
      </button>
      <button type="button" onClick={() => step(-1)}>
        previous
      </button>
    </>
  );
}

test("steps go through the conversations as the list shows them, pinned ones first, and round at its ends", async () => {
  const all = [
    conversation("ada"),
    conversation("bob", { archived: true }),
    conversation("cyd", { pinned: true }),
    conversation("dan"),
  ];
  const { user } = await show(<Steps />, { conversations: () => Promise.resolve(all) });
  const press = async (name: string) => {
    await user.click(await screen.findByRole("button", { name }));
    return location.pathname;
  };
  expect(await press("next")).toBe("/c/cyd");
  expect(await press("next")).toBe("/c/ada");
  expect(await press("next")).toBe("/c/dan");
  expect(await press("next")).toBe("/c/cyd");
  expect(await press("previous")).toBe("/c/dan");
});
