/** What became of the messages of one pair, numbered from 0 in the order they were sent. */
export class Tally {
  sent = 0;
  arrived = 0;
  doubled = 0;
  /** Arrived after one that was sent later. */
  reordered = 0;
  readonly #seen = new Set<number>();
  #firstMissing = 0;
  #highest = -1;

  /** False where it is not the first time. */
  arrive(number: number): boolean {
    if (number < this.#firstMissing || this.#seen.has(number)) {
      this.doubled += 1;
      return false;
    }
    this.arrived += 1;
    if (number < this.#highest) this.reordered += 1;
    else this.#highest = number;
    // Only what came ahead of its turn is remembered.
    this.#seen.add(number);
    while (this.#seen.delete(this.#firstMissing)) this.#firstMissing += 1;
    return true;
  }

  get missing(): number {
    return this.sent - this.arrived;
  }
}

export function sumUp(tallies: readonly Tally[]) {
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0);
  return {
    sent: sum(({ sent }) => sent),
    lost: sum(({ missing }) => missing),
    doubled: sum(({ doubled }) => doubled),
    reordered: sum(({ reordered }) => reordered),
  };
}
