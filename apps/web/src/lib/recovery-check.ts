/** When to ask whether the recovery key is still at hand; on the device that showed it. */
const storageKey = "sotto/recovery-check";
const weekMs = 7 * 86_400_000;
const listeners = new Set<() => void>();

/** In a week: after the key was shown, and each time someone says "later". */
export function scheduleRecoveryCheck(now: number = Date.now()): void {
  write(String(now + weekMs));
}

/** From now on: the key is on the screen, and whoever leaves without saying that it is saved is asked at the next start. */
export function expectRecoveryCheck(now: number = Date.now()): void {
  write(String(now));
}

export function cancelRecoveryCheck(): void {
  write(null);
}

export function isRecoveryCheckDue(now: number = Date.now()): boolean {
  try {
    const due = localStorage.getItem(storageKey);
    return due !== null && Number(due) <= now;
  } catch {
    return false;
  }
}

export function onRecoveryCheckChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function write(due: string | null): void {
  try {
    if (due === null) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, due);
  } catch {
    // Storage is blocked: nobody is reminded.
  }
  for (const listener of listeners) listener();
}
