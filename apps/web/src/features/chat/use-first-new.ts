import { useState } from "react";
import type { Message } from "@sotto/client";

type State = {
  /** Where the divider stands; it stays until something else is new, or one writes oneself. */
  firstNewId: string | null;
  /** Everything has been read since it was put there. */
  caughtUp: boolean;
  /** Null where there is none, undefined while that is not known. */
  newestOwnId: string | null | undefined;
};

/**
 * The message above which the divider "New" stands. What arrives while one looks (`following`) is not new: it is read
 * as it comes. `behind`: the newest ones are not among the messages.
 */
export function useFirstNew(
  messages: readonly Message[],
  myId: string,
  { following, behind }: { following: boolean; behind: boolean },
): string | null {
  const oldestUnreadId = messages.findLast(({ state }) => state === "unread")?.id ?? null;
  const newestOwnId = behind ? undefined : (messages.find(({ senderId }) => senderId === myId)?.id ?? null);
  const [state, setState] = useState<State>({
    firstNewId: oldestUnreadId,
    caughtUp: oldestUnreadId === null,
    newestOwnId,
  });
  const next = toNextState(state, { oldestUnreadId, newestOwnId, following });
  if (next !== state) setState(next);
  return next.firstNewId;
}

export function toNextState(
  state: State,
  now: { oldestUnreadId: string | null; newestOwnId: State["newestOwnId"]; following: boolean },
): State {
  const { oldestUnreadId, newestOwnId, following } = now;
  if (newestOwnId !== undefined && newestOwnId !== state.newestOwnId) {
    // One that comes into sight on the way to the newest was written before.
    if (state.newestOwnId === undefined) return { ...state, newestOwnId };
    return { firstNewId: null, caughtUp: true, newestOwnId };
  }
  if (oldestUnreadId === null) return state.caughtUp ? state : { ...state, caughtUp: true };
  if (state.caughtUp && !following) return { ...state, firstNewId: oldestUnreadId, caughtUp: false };
  return state;
}
