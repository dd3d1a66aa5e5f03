// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import type { HistoryPage, Message } from "@sotto/client";
import { SottoError } from "@sotto/client";
import { toRows } from "../src/features/chat/rows.ts";
import { useHistory } from "../src/features/chat/use-history.ts";
import { useJump } from "../src/features/chat/use-jump.ts";
import type { Jump } from "../src/features/chat/use-jump.ts";
import { message } from "./support/message.ts";
import { show } from "./support/render.tsx";

const total = 300;
/** Newest first, as the messenger gives them: `m0` is the newest. */
const all = Array.from({ length: total }, (_, index) =>
  message({ id: `m${index}`, createdAt: new Date(Date.UTC(2026, 2, 18) - index * 60_000).toISOString() }),
);

function pageOf({ before, after, around, limit = 50 }: HistoryPage): Message[] {
  const place = (id: string) => all.findIndex((one) => one.id === id);
  if (before !== undefined) return all.slice(place(before) + 1, place(before) + 1 + limit);
  if (after !== undefined) return all.slice(Math.max(0, place(after) - limit), place(after));
  const from = around === undefined ? 0 : Math.max(0, place(around) - Math.floor((limit - 1) / 2));
  return all.slice(from, from + limit);
}

type Props = { scrolledTo: (key: string | undefined) => void; onError: (error: unknown) => void };

/** The log without its layout, of which jsdom has none. */
function Log({ scrolledTo, onError }: Props) {
  const history = useHistory("c", undefined, 0);
  const [jump, setJump] = useState<Jump | null>(null);
  const rows = toRows(history.messages ?? [], history.complete, null);
  const virtualizer = {
    scrollToEnd: () => scrolledTo(rows.at(-1)?.key),
    scrollToIndex: (index: number) => scrolledTo(rows[index]?.key),
  } as Virtualizer<HTMLDivElement, Element>;
  useJump({ virtualizer, rows, history, openAt: null, jump, onError });
  const jumpTo = (messageId: string) => (
    <button key={messageId} type="button" onClick={() => setJump({ to: "message", messageId })}>
      to {messageId}
    </button>
  );
  return (
    <>
      <button type="button" onClick={history.loadOlder}>
        older
      </button>
      <button type="button" onClick={history.loadNewer}>
        newer
      </button>
      <button
        type="button"
        onClick={() => {
          history.loadOlder();
          history.loadNewer();
        }}
      >
        both
      </button>
      {["m20", "m90", "m250"].map(jumpTo)}
      <p>
        {rows.at(0)?.key} to {rows.at(-1)?.key}
      </p>
    </>
  );
}

async function showLog(history: (page: HistoryPage) => Promise<Message[]>) {
  const scrolledTo = vi.fn<Props["scrolledTo"]>();
  const onError = vi.fn<Props["onError"]>();
  const shown = await show(<Log scrolledTo={scrolledTo} onError={onError} />, {
    history: (_, page = {}) => history(page),
  });
  await screen.findByText("m59 to m0");
  const press = (name: string) => shown.user.click(screen.getByRole("button", { name }));
  return { ...shown, press, scrolledTo, onError };
}

test("a jump that failed is over: it does not happen once its message is loaded for another reason", async () => {
  const { press, scrolledTo, onError } = await showLog((page) =>
    page.around === undefined
      ? Promise.resolve(pageOf(page))
      : Promise.reject(new SottoError("offline", "The server can't be reached.")),
  );
  await press("to m90");
  await waitFor(() => expect(onError).toHaveBeenCalledOnce());
  await press("older");
  await screen.findByText("m119 to m0");
  expect(scrolledTo).not.toHaveBeenCalled();
});

test("a jump does not wait for what scrolling asked for, and is not undone by it", async () => {
  let answer = () => {};
  const { press, scrolledTo } = await showLog((page) => {
    if (page.after === undefined || page.limit === 1) return Promise.resolve(pageOf(page));
    return new Promise((resolve) => {
      answer = () => resolve(pageOf(page));
    });
  });
  await press("to m250");
  await waitFor(() => expect(scrolledTo).toHaveBeenLastCalledWith("m250"));
  await press("newer");
  await press("to m90");
  await waitFor(() => expect(scrolledTo).toHaveBeenLastCalledWith("m90"));
  const shown = screen.getByText(/^m\d+ to m\d+$/).textContent;
  answer();
  await press("to m20");
  await waitFor(() => expect(scrolledTo).toHaveBeenLastCalledWith("m20"));
  expect(shown).toBe("m120 to m61");
});

test("a window of which both ends are reached at once loses nothing at either, and a jump is held while it grows", async () => {
  const { press, scrolledTo } = await showLog((page) => Promise.resolve(pageOf(page)));
  const shown = vi.fn<(range: string | null) => void>();
  await press("to m90");
  await screen.findByText("m120 to m61");
  scrolledTo.mockClear();
  const range = screen.getByText("m120 to m61");
  const observer = new MutationObserver(() => shown(range.textContent));
  observer.observe(range, { subtree: true, childList: true, characterData: true });
  // Not by a press, which would end it.
  screen.getByRole("button", { name: "both" }).click();
  await screen.findByText("m180 to m61");
  expect(new Set(scrolledTo.mock.calls.flat())).toEqual(new Set(["m90"]));
  await press("newer");
  scrolledTo.mockClear();
  await screen.findByText("m180 to m1");
  observer.disconnect();
  expect(shown.mock.calls.flat()).not.toContain("m120 to m1");
  expect(scrolledTo).not.toHaveBeenCalled();
});
