// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Conversation, Messenger } from "@sotto/client";
import { ConversationList } from "../src/features/conversations/conversation-list.tsx";
import { conversation } from "./support/conversation.ts";
import { show } from "./support/render.tsx";

function showList(conversations: Conversation[], answers: Partial<Messenger> = {}) {
  return show(<ConversationList openId={undefined} onFindPeople={() => {}} />, {
    conversations: () => Promise.resolve(conversations),
    ...answers,
  });
}

const names = () => screen.getAllByRole("link").map(({ textContent }) => textContent);

test("pinned conversations stand first, and archived ones apart until one asks for them", async () => {
  const { user } = await showList([
    conversation("ada"),
    conversation("bob", { archived: true }),
    conversation("cyd", { pinned: true }),
  ]);
  await screen.findByRole("link", { name: "ada" });
  expect(names()).toEqual(["cyd", "ada"]);
  await user.click(screen.getByRole("button", { name: "1 archived" }));
  expect(names()).toEqual(["cyd", "ada", "bob"]);
});

test("strangers stand apart, folded up where there is anybody else, and a blocked one not at all", async () => {
  const { user } = await showList([
    conversation("stranger", { request: true, unreadCount: 2 }),
    conversation("ada"),
    conversation("nuisance", { request: true, blocked: true }),
    conversation("filed", { request: true, archived: true, unreadCount: 1 }),
  ]);
  await screen.findByRole("link", { name: "ada" });
  expect(names()).toEqual(["ada"]);
  await user.click(screen.getByRole("button", { name: "1 request New" }));
  expect(names()).toEqual(["stranger", "ada"]);
  await user.click(screen.getByRole("button", { name: "1 archived" }));
  expect(names()).toEqual(["stranger", "ada", "filed"]);
});

test("who has nobody else sees at once who wrote to them", async () => {
  await showList([conversation("stranger", { request: true })]);
  expect(await screen.findByRole("link", { name: "stranger" })).toBeTruthy();
});

test("a row says what is unread and what was begun to be written", async () => {
  await showList([conversation("ada", { unreadCount: 3 }), conversation("bob", { draft: "What I *meant*" })]);
  const ada = await screen.findByRole("link", { name: "ada" });
  const describedBy = (link: HTMLElement) =>
    document.getElementById(link.getAttribute("aria-describedby") ?? "")?.textContent;
  expect(describedBy(ada)).toContain("3 unread");
  expect(describedBy(screen.getByRole("link", { name: "bob" }))).toContain("What I meant");
});

test("the arrow keys go from one conversation to the next", async () => {
  const { user } = await showList([conversation("ada"), conversation("bob")]);
  (await screen.findByRole("link", { name: "ada" })).focus();
  await user.keyboard("{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("bob");
  await user.keyboard("{ArrowDown}{ArrowUp}");
  expect(document.activeElement?.textContent).toBe("ada");
});

test("of two hundred conversations those in sight are drawn, and each says which one it is", async () => {
  await showList(Array.from({ length: 200 }, (_, index) => conversation(`person-${index}`)));
  await screen.findByRole("link", { name: "person-0" });
  expect(names().length).toBeLessThan(40);
  const [first] = screen.getAllByRole("listitem");
  expect(first?.getAttribute("aria-setsize")).toBe("200");
});

test("the menu of a conversation mutes it, and a failure is said", async () => {
  const setPreference = vi.fn<Messenger["setPreference"]>(() => Promise.reject(new Error("no")));
  const { user } = await showList([conversation("ada")], { setPreference });
  await user.click(await screen.findByRole("button", { name: /ada/ }));
  await user.click(within(await screen.findByRole("menu")).getByRole("menuitem", { name: "Mute" }));
  await waitFor(() => expect(setPreference).toHaveBeenCalledWith("ada", { muted: true }));
  expect(
    await screen.findByText("Something went wrong in Sotto. Reload the page and try again."),
  ).toBeTruthy();
});

test("who deleted their account is called that, and not by the name that is left", async () => {
  await showList([conversation("deleted.0123456789abcdef")]);
  expect(await screen.findByRole("link", { name: "Deleted account" })).toBeTruthy();
});
