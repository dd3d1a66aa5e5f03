import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Action, toAction, withActions } from "../src/actions.ts";
import type { ActionBody } from "../src/body.ts";
import { publicMessage } from "../src/message-records.ts";
import { type Arrival, mergeArrivals, type Waiting } from "../src/merge.ts";
import type { MessageRecord } from "../src/records.ts";

const people = ["ada", "ben"] as const;
const ids = ["m1", "m2", "m3"];
const emoji = fc.constantFrom("👍", "❤️", null);

function message(id: string, senderId = "ada"): MessageRecord {
  const recipientId = people.find((name) => name !== senderId) ?? "";
  const createdAt = `2026-01-01T00:00:0${id.slice(1)}.000000Z`;
  return { id, conversationId: "c", senderId, recipientId, text: `text of ${id}`, createdAt, state: "sent" };
}

function act(second: number, senderId: string, body: ActionBody, name = `a${second}`): Action {
  const createdAt = `2026-01-01T00:01:${String(second).padStart(2, "0")}.000000Z`;
  return toAction(body, { id: name, senderId, createdAt });
}

const edit = (second: number, senderId: string, text: string) =>
  act(second, senderId, { type: "edit", target: "m1", text });
const remove = (second: number, senderId: string) => act(second, senderId, { type: "delete", target: "m1" });
const react = (second: number, senderId: string, given: string | null) =>
  act(second, senderId, { type: "reaction", target: "m1", emoji: given });

const show = (...actions: Action[]) => publicMessage(withActions(message("m1"), actions));

describe("a message", () => {
  test("shows the last edit of its author and keeps what it said before", () => {
    expect(show(edit(2, "ada", "third"), edit(1, "ada", "second"))).toMatchObject({
      text: "third",
      editedAt: "2026-01-01T00:01:02.000000Z",
      edits: [
        { text: "text of m1", createdAt: "2026-01-01T00:00:01.000000Z" },
        { text: "second", createdAt: "2026-01-01T00:01:01.000000Z" },
      ],
    });
  });

  test("is changed and deleted by nobody but its author", () => {
    expect(show(edit(1, "ben", "forged"), remove(2, "ben"))).toEqual(publicMessage(message("m1")));
  });

  test("that was deleted is empty, in the store too, and stays so", () => {
    const record = withActions({ ...message("m1"), replyTo: "m0" }, [
      edit(1, "ada", "secret"),
      react(2, "ben", "👍"),
      remove(3, "ada"),
    ]);
    expect(JSON.stringify(record)).not.toMatch(/secret|text of|👍|m0/);
    const later = withActions(record, [edit(4, "ada", "back"), react(5, "ben", "👍")]);
    expect(publicMessage(later)).toEqual({
      ...publicMessage(message("m1")),
      text: "",
      deleted: true,
      recipientId: undefined,
    });
  });

  test("has one reaction of each person, the last one, and none that was taken back", () => {
    expect(show(react(1, "ben", "👍"), react(2, "ada", "👍"), react(3, "ben", "❤️")).reactions).toEqual([
      { emoji: "👍", userIds: ["ada"] },
      { emoji: "❤️", userIds: ["ben"] },
    ]);
    expect(show(react(1, "ben", "👍"), react(2, "ben", null)).reactions).toBeUndefined();
  });

  test("that can't be read does not become readable by an edit", () => {
    const unreadable = { ...message("m1"), text: "", problem: "unreadable" as const };
    expect(publicMessage(withActions(unreadable, [edit(1, "ada", "x")]))).toMatchObject({
      text: "",
      problem: "unreadable",
    });
  });

  test("shows what is queued here as the last word, whatever this device's clock says", () => {
    const queued = { ...edit(0, "ada", "mine"), queued: true as const };
    expect(show(queued, edit(9, "ada", "theirs")).text).toBe("mine");
  });
});

describe("messages and what is said about them", () => {
  const arrival = fc.oneof(
    fc
      .constantFrom(...ids)
      .map((id): Arrival => ({ kind: "message", message: message(id, id === "m2" ? "ben" : "ada") })),
    fc
      .record({
        second: fc.nat({ max: 59 }),
        senderId: fc.constantFrom(...people),
        target: fc.constantFrom(...ids, "elsewhere"),
        body: fc.oneof(
          fc.record({ type: fc.constant("edit" as const), text: fc.constantFrom("x", "y", "z") }),
          fc.record({ type: fc.constant("reaction" as const), emoji }),
          fc.constant({ type: "delete" as const }),
        ),
      })
      .map(({ second, senderId, target, body }): Arrival => {
        // One id, one content: what arrives under an id is always the same envelope.
        const name = JSON.stringify([second, senderId, target, body]);
        const action = act(second, senderId, { ...body, target }, name);
        return { kind: "action", conversationId: "c", recipientId: "x", target, action, state: "read" };
      }),
  );

  /** A device: what it keeps between two batches, as the store does. */
  function run(batches: readonly (readonly Arrival[])[]) {
    let messages = new Map<string, MessageRecord>();
    let waiting: Waiting[] = [];
    for (const batch of batches) {
      const merged = mergeArrivals(messages, waiting, batch);
      messages = new Map([...messages, ...merged.messages]);
      ({ waiting } = merged);
      // A restart: nothing but what can be written down survives.
      messages = new Map(JSON.parse(JSON.stringify([...messages])) as [string, MessageRecord][]);
      waiting = JSON.parse(JSON.stringify(waiting)) as Waiting[];
    }
    const byName =
      <T>(name: (item: T) => string) =>
      (a: T, b: T) =>
        name(a) < name(b) ? -1 : 1;
    return {
      messages: [...messages.values()].sort(byName(({ id }) => id)),
      waiting: waiting.toSorted(byName(({ action }) => action.id)),
    };
  }

  test("end in the same state in whatever order, batches and repetition they arrive", () => {
    fc.assert(
      fc.property(
        fc.array(arrival, { minLength: 1, maxLength: 25 }).chain((arrivals) =>
          fc.record({
            arrivals: fc.constant(arrivals),
            shuffled: fc.shuffledSubarray(arrivals, { minLength: arrivals.length }),
            repeated: fc.array(fc.constantFrom(...arrivals), { maxLength: 10 }),
            cut: fc.integer({ min: 1, max: 6 }),
          }),
        ),
        ({ arrivals, shuffled, repeated, cut }) => {
          const all = [...shuffled, ...repeated];
          const batches = Array.from({ length: Math.ceil(all.length / cut) }, (_, index) =>
            all.slice(index * cut, (index + 1) * cut),
          );
          expect(run(batches)).toEqual(run([arrivals]));
        },
      ),
    );
  });

  test("wait for a message that comes later, as with an older page, and then apply", () => {
    const early: Arrival = {
      kind: "action",
      conversationId: "c",
      recipientId: "ada",
      target: "m1",
      action: react(1, "ben", "👍"),
      state: "read",
    };
    const first = mergeArrivals(new Map(), [], [early]);
    expect([first.messages.size, first.waiting.length]).toEqual([0, 1]);
    const second = mergeArrivals(new Map(), first.waiting, [{ kind: "message", message: message("m1") }]);
    expect(second.waiting).toEqual([]);
    expect(second.messages.get("m1")?.actions).toEqual([early.action]);
  });
});
