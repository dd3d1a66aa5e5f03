/** The first wait lies below the floor's double, the later ones below the ceiling. */
const floorMs = 200;
const ceilingMs = 5_000;

/**
 * Full jitter: a random wait below a bound that doubles, so that clients that were cut together do not return
 * together (M. Brooker, "Exponential Backoff And Jitter", 2015). Never shorter than the floor.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const bound = Math.min(ceilingMs, floorMs * 2 ** Math.min(attempt + 1, 10));
  return floorMs + random() * (bound - floorMs);
}
