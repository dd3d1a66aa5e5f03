// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Messenger, SearchResult } from "@sotto/client";
import { Palette } from "../src/features/search/palette.tsx";
import { loadLaterWords } from "../src/lib/language.ts";
import { conversation } from "./support/conversation.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const coverage = { from: null, complete: true, progress: 1 };

/** Of as many messages as there are, those that the search asks for. */
async function search(messages: () => SearchResult[]) {
  await loadLaterWords();
  const answer: Messenger["search"] = ({ limit }) =>
    Promise.resolve({ results: messages().slice(0, limit), coverage });
  const shown = await show(<Palette onClose={() => {}} />, {
    conversations: () => Promise.resolve([conversation("bob", { id: "c" })]),
    request: () => Promise.resolve([]),
    search: vi.fn<Messenger["search"]>(answer),
  });
  await shown.user.type(screen.getByRole("combobox", { name: "Search people and messages" }), "plan");
  return shown;
}

const found = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    message: message({ id: `m${index}`, text: `the plan ${index}` }),
    ranges: [{ start: 4, end: 8 }],
  }));

test("what is deleted while it is listed is listed no longer", async () => {
  let results = found(2);
  const { tell } = await search(() => results);
  await screen.findByRole("option", { name: /the plan 1/ });
  results = found(1);
  tell("messages", { conversationId: "c" });
  await waitFor(() => expect(screen.queryByRole("option", { name: /the plan 1/ })).toBeNull());
  expect(screen.getByRole("option", { name: /the plan 0/ })).toBeTruthy();
});

test("more than fit at first are shown at a wish, and the arrow keys go on with them", async () => {
  const { user } = await search(() => found(50));
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(40));
  await user.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(50));
  expect(screen.queryByRole("button", { name: "Show more" })).toBeNull();
  expect(document.activeElement?.getAttribute("aria-activedescendant")).toContain("m40");
});

test("where nothing is found it says what else to try", async () => {
  await search(() => []);
  expect(await screen.findByText(/^Try fewer words/)).toBeTruthy();
});
