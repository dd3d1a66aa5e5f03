// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Messenger } from "@sotto/client";
import { SottoError } from "@sotto/client";
import { ForwardDialog } from "../src/features/chat/forward-dialog.tsx";
import { conversation } from "./support/conversation.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

async function showDialog(send: Messenger["send"]) {
  const onClose = vi.fn<() => void>();
  const people = [conversation("ada"), conversation("bob"), conversation("cyd", { blocked: true })];
  const shown = await show(<ForwardDialog message={message({ text: "the plan" })} onClose={onClose} />, {
    conversations: () => Promise.resolve(people),
    send,
  });
  await screen.findByRole("checkbox", { name: "ada" });
  return { ...shown, onClose };
}

const isTicked = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name }).checked;

test("where one of several could not be sent, the next press is for those that are left", async () => {
  let fails = true;
  const send = vi.fn<Messenger["send"]>((conversationId) =>
    conversationId === "bob" && fails
      ? Promise.reject(new SottoError("key-changed", "Another key."))
      : Promise.resolve({ id: "m", createdAt: "2026-03-18T12:00:00.000000Z" }),
  );
  const { user, onClose } = await showDialog(send);
  await user.click(screen.getByRole("checkbox", { name: "ada" }));
  await user.click(screen.getByRole("checkbox", { name: "bob" }));
  await user.click(screen.getByRole("button", { name: "Forward to 2 conversations" }));
  await screen.findByText(/not the one that you verified/);
  expect([isTicked("ada"), isTicked("bob")]).toEqual([false, true]);
  fails = false;
  await user.click(screen.getByRole("button", { name: "Forward to 1 conversation" }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(send.mock.calls.map(([to]) => to)).toEqual(["ada", "bob", "bob"]);
});

test("who is blocked is not offered", async () => {
  await showDialog(() => Promise.reject(new Error("not asked")));
  expect(screen.queryByRole("checkbox", { name: "cyd" })).toBeNull();
});
