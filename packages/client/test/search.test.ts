import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keys } from "../src/records.ts";
import { matchWord } from "../src/search/match-word.ts";
import { createStoredIndex } from "../src/search/stored-index.ts";
import { createWordIndex, type Indexed } from "../src/search/word-index.ts";
import { wordsOf } from "../src/search/words.ts";
import { memoryStore } from "../src/stores/memory-store.ts";

const words = (text: string) => wordsOf(text).map(({ word }) => word);

describe("the words of a text", () => {
  test("have no case, accents or signs around them", () => {
    expect(words("Où est l’Élève, s'il vous plaît? (n° 42)")).toEqual([
      "ou",
      "est",
      "l",
      "eleve",
      "s",
      "il",
      "vous",
      "plait",
      "n",
      "42",
    ]);
    expect(words("مُدَرِّسٌ")).toEqual(words("مدرس"));
    expect(words("  \n\t – ")).toEqual([]);
  });

  test("are pairs of signs where a script has no spaces, so that any part is found", () => {
    expect(words("東京タワー")).toEqual(["東京", "京タ", "タワ", "ワー", "ー"]);
  });

  test("stand where they say they stand", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        for (const { word, start, end } of wordsOf(text)) {
          expect(words(text.slice(start, end))[0]).toBe(word);
        }
      }),
    );
  });
});

describe("a word", () => {
  test.each([
    ["tele", "telephone", "prefix"],
    ["telephone", "telephone", "prefix"],
    ["telefone", "telephone", "typo"],
    ["tleephone", "telephone", "typo"],
    ["etlephone", "telephone", "typo"],
    ["elephone", "telephone", null],
    ["hous", "hosue", "typo"],
    ["cat", "car", null],
    ["dinner", "winner", null],
    ["meeting", "met", null],
  ])("%s answers to %s: %s", (term, word, match) => {
    expect(matchWord(term, word)).toBe(match);
  });
});

const message = (id: string, text: string, more: Partial<Indexed> = {}): Indexed => ({
  id,
  conversationId: "c",
  senderId: "ada",
  createdAt: `2026-01-${id.padStart(2, "0")}`,
  words: [...new Set(words(text))],
  ...more,
});

function indexOf(...messages: Indexed[]) {
  const index = createWordIndex();
  for (const each of messages) index.put(each);
  return (text: string, more: object = {}) => index.search({ terms: words(text), limit: 10, ...more });
}

describe("the index", () => {
  test("gives the newest first, and what answers but for a slip after the rest", () => {
    const find = indexOf(
      message("2", "green tea"),
      message("1", "Greece"),
      message("3", "gren"),
      message("4", "blue"),
    );
    expect(find("gre")).toEqual(["3", "2", "1"]);
    expect(find("green")).toEqual(["2", "3", "1"]);
    expect(find("tea green")).toEqual(["2"]);
    expect(find("green", { limit: 1 })).toEqual(["2"]);
  });

  test("looks for a person, a conversation and a time, also without words", () => {
    const find = indexOf(
      message("1", "one", { senderId: "ben" }),
      message("2", "one", { conversationId: "d" }),
      message("3", "one"),
    );
    expect(find("one", { senderId: "ben" })).toEqual(["1"]);
    expect(find("", { conversationId: "d" })).toEqual(["2"]);
    expect(find("", { after: "2026-01-01", before: "2026-01-03" })).toEqual(["2"]);
  });

  test("knows a message as it is now, and nothing of one that is gone", () => {
    const index = createWordIndex();
    index.put(message("1", "first words"));
    index.put(message("1", "other words"));
    expect(index.search({ terms: ["first"], limit: 9 })).toEqual([]);
    expect(index.search({ terms: ["words"], limit: 9 })).toEqual(["1"]);
    index.remove("1");
    expect(index.search({ terms: ["words"], limit: 9 })).toEqual([]);
  });

  test("keeps the newest first whatever comes, changes and goes between two searches", () => {
    const index = createWordIndex();
    const find = () => index.search({ terms: ["one"], limit: 9 });
    const step = fc.record({ day: fc.integer({ min: 1, max: 20 }), gone: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        for (const { day, gone } of steps) {
          if (gone) index.remove(String(day));
          else index.put(message(String(day), "one"));
          expect(find().map(Number)).toEqual(
            find()
              .map(Number)
              .toSorted((a, b) => b - a),
          );
        }
      }),
    );
  });

  test("finds what a look at every message finds", () => {
    const text = fc.array(fc.constantFrom("ant", "anthill", "antler", "bee", "beehive", "cat"), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), text, (texts, terms) => {
        const messages = texts.map((each, index) => message(String(index), each.join(" ")));
        const expected = messages
          .filter((each) => terms.every((term) => each.words.some((word) => matchWord(term, word) !== null)))
          .map(({ id }) => id);
        const found = indexOf(...messages)(terms.join(" "), { limit: 100 });
        expect(found.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });
});

describe("the index in the store", () => {
  test("is the same after a restart, in chunks of which only those are written that changed", async () => {
    const store = memoryStore();
    const first = createStoredIndex(store);
    for (let number = 0; number < 600; number += 1) first.put(message(String(number), `word${number} same`));
    const all = first.takeChanges();
    expect(all).toHaveLength(3);
    await store.commit(all);
    first.remove("1");
    first.put(message("599", "changed same"));
    const some = first.takeChanges();
    expect(some.map(({ key }) => key).toSorted()).toEqual([keys.searchChunk(0), keys.searchChunk(2)]);
    await store.commit(some);

    const second = createStoredIndex(store);
    await second.load();
    for (const { index } of [first, second]) {
      expect(index.size).toBe(599);
      expect(index.search({ terms: ["same"], limit: 1_000 })).toHaveLength(599);
      expect(index.search({ terms: ["changed"], limit: 9 })).toEqual(["599"]);
      expect(index.search({ terms: ["word1"], limit: 1_000 })).not.toContain("1");
    }
    expect(second.index.get("300")).toEqual(first.index.get("300"));
    expect(JSON.stringify(await store.list({ prefix: "" }))).not.toContain("word599");
  });
});
