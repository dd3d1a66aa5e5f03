/** Runs `task` now, or once at the end of the current interval, however often it is asked for in between. */
export function atMostEvery(intervalMs: number, task: () => void): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;

  function ask(): void {
    if (timer !== undefined) {
      again = true;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      ask();
    }, intervalMs);
    task();
  }

  return {
    ask,
    stop(): void {
      clearTimeout(timer);
      again = false;
    },
  };
}
