import { backoffMs } from "./backoff.ts";
import { isDistrust, passingReasons, serverReason } from "./errors.ts";

/** Begins a task again some time after it has failed: later each time, and at random, as `backoffMs` says. */
export function createRetry(begin: () => void) {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  return {
    failed(): void {
      clearTimeout(timer);
      if (closed) return;
      failures += 1;
      timer = setTimeout(begin, backoffMs(failures));
    },
    succeeded(): void {
      failures = 0;
      clearTimeout(timer);
    },
    close(): void {
      closed = true;
      clearTimeout(timer);
    },
  };
}

/** Whether a call that failed so may succeed later: it got no answer, or a refusal that passes. */
export function isPassing(error: unknown): boolean {
  const reason = serverReason(error);
  return reason === null ? !isDistrust(error) : passingReasons.has(reason);
}
