/** Calls that wait for their answers, by a number of ours. */
export class Pending<T> {
  readonly #waiting = new Map<number, { resolve: (answer: T) => void; reject: (error: Error) => void }>();
  #last = 0;

  /** `start` gets the number under which the answer will come. */
  add(start: (id: number) => void): Promise<T> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      start(id);
    });
  }

  resolve(id: number, answer: T): void {
    this.#waiting.get(id)?.resolve(answer);
    this.#waiting.delete(id);
  }

  reject(id: number, error: Error): void {
    this.#waiting.get(id)?.reject(error);
    this.#waiting.delete(id);
  }
}
