/**
 * Telling of a message that came while nobody looks. Every tab hears of it: a tab that is seen holds the lock
 * `watchedLock`, so that hidden ones stay quiet, and of hidden ones only that speaks which gets the message's own lock.
 */
const watchedLock = "sotto/watched";
const spokenMs = 2_000;
/** Held while a burst goes on. */
const soundLock = "sotto/sound";
/** A message that comes after so long a silence sounds again. */
const pauseMs = 2_000;

/** Until `signal` aborts, nothing is announced in any tab. */
export function holdWatched(signal: AbortSignal): void {
  const held = () =>
    new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  navigator.locks.request(watchedLock, { mode: "shared", signal }, held).catch(() => {});
}

export async function isWatchedAnywhere(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === watchedLock);
}

/** Runs `speak` in one tab only. */
export async function inOneTab(messageId: string, speak: () => void | Promise<void>): Promise<void> {
  await navigator.locks.request(`sotto/announce/${messageId}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    await speak();
    await new Promise((resolve) => setTimeout(resolve, spokenMs));
  });
}

let heardAt = 0;

/** One sound for messages that come close together. Every tab hears of each of them, and one of them makes it. */
export async function soundOnce(): Promise<void> {
  heardAt = performance.now();
  await navigator.locks.request(soundLock, { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    playSound();
    for (let leftMs = pauseMs; leftMs > 0; leftMs = heardAt + pauseMs - performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, leftMs));
    }
  });
}

/** Two soft notes, made here: a file would be one more thing to load. */
function playSound(): void {
  const context = new AudioContext();
  const at = (frequency: number, startS: number) => {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, context.currentTime + startS);
    volume.gain.linearRampToValueAtTime(0.12, context.currentTime + startS + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + startS + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + startS);
    tone.stop(context.currentTime + startS + 0.45);
    return tone;
  };
  at(660, 0);
  at(880, 0.12).addEventListener("ended", () => void context.close());
}
