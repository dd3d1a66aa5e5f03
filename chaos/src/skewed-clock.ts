/** What this process takes for the time. Its journal keeps the true one. */
const TrueDate = Date;
let skewMs = 0;

class SkewedDate extends TrueDate {
  constructor(...args: unknown[]) {
    // The constructor has many forms; all but the empty one pass through.
    super(...((args.length === 0 ? [TrueDate.now() + skewMs] : args) as [number]));
  }

  static override now(): number {
    return TrueDate.now() + skewMs;
  }
}

export const trueNow: () => number = TrueDate.now.bind(TrueDate);

/** From now on every `Date` of this process is off by so much. */
export function skewClock(ms: number): void {
  skewMs = ms;
  globalThis.Date = SkewedDate as DateConstructor;
}
