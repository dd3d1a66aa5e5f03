export type Times = { count: number; p50Ms: number; p99Ms: number; mostMs: number };

/** Of a sorted or unsorted list; null where it is empty. `share` 0.99 is the 99th percentile (nearest rank). */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export function describeTimes(values: readonly number[]): Times {
  const at = (share: number) => Math.round((percentile(values, share) ?? 0) * 10) / 10;
  return { count: values.length, p50Ms: at(0.5), p99Ms: at(0.99), mostMs: at(1) };
}
