import { collect, type Person, signUp } from "../../src/people.ts";

const atOnce = 5;

/** Two people who write to each other at the same time. */
export type Pair = {
  conversationId: string;
  members: Member[];
  /** Each writes so many more messages. Resolves when all of them are stored. */
  talk(rounds: number): Promise<void>;
};

type Member = {
  person: Person;
  /** What the other one has written so far. */
  written: () => string[];
  /** What arrived of it here, once it is so much. */
  arrived: (count: number) => Promise<string[]>;
};

export async function makePair(name: string, url: string): Promise<Pair> {
  // One after the other: stretching a password holds up everything else in this process.
  const left = await signUp(url, `${name}-left`);
  const right = await signUp(url, `${name}-right`);
  const { id: conversationId } = await left.openDirect(right.name);
  let said = 0;

  /** Some at once, as an outbox sends them: the order in which they were written is the order they must have. */
  async function say(from: Person, first: number, count: number): Promise<void> {
    for (let start = first; start < first + count; start += atOnce) {
      const numbers = Array.from(
        { length: Math.min(atOnce, first + count - start) },
        (_, step) => start + step,
      );
      await Promise.all(
        numbers.map((number) => from.send(conversationId, { text: textOf(from.name, number) })),
      );
    }
  }

  const member = (person: Person, other: Person): Member => {
    const { until } = listen(person);
    const written = () => Array.from({ length: said }, (_, number) => textOf(other.name, number));
    return { person, written, arrived: until };
  };

  return {
    conversationId,
    members: [member(left, right), member(right, left)],
    async talk(rounds) {
      const first = said;
      said += rounds;
      await Promise.all([say(left, first, rounds), say(right, first, rounds)]);
    },
  };
}

/** The texts of others that somebody is shown, as they come. */
export function listen(person: Person) {
  const got = collect(person, "message");
  const texts = () => got.seen.filter(({ senderId }) => senderId !== person.user?.id).map(({ text }) => text);
  return { texts, until: (count: number) => got.until(() => texts().length >= count).then(texts) };
}

function textOf(name: string, number: number): string {
  return `${name} ${number}`;
}
