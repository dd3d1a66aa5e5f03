/*
 * SHA-512 (FIPS 180-4), for public data only: it names public keys.
 *
 * Everything that touches a secret uses tweetnacl's. This one exists because the server, too, must compute key ids
 * while nothing that can open a box may be within its reach, and tweetnacl is a single module that holds both.
 *
 * JavaScript has no fast 64-bit integer, so each word is a pair of 32-bit halves, high first. The constants are what
 * the standard says they are, the first bits of the roots of the first primes, worked out once at load.
 */
import type { Bytes } from "./bytes.ts";

const blockBytes = 128;
const rounds = 80;

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  return primes;
}

/** The first 64 bits of the fraction of the `degree`th root of each prime, as halves. */
function rootFractions(primes: readonly number[], degree: 2 | 3): Int32Array {
  const halves = new Int32Array(primes.length * 2);
  for (const [index, prime] of primes.entries()) {
    // The integer root of prime · 2^(64 · degree) is the root of the prime with 64 bits behind the point.
    const target = BigInt(prime) << BigInt(64 * degree);
    let root = 0n;
    for (let bit = 1n << 69n; bit > 0n; bit >>= 1n) {
      const candidate = root | bit;
      if (candidate ** BigInt(degree) <= target) root = candidate;
    }
    halves[index * 2] = Number(BigInt.asIntN(32, root >> 32n));
    halves[index * 2 + 1] = Number(BigInt.asIntN(32, root));
  }
  return halves;
}

const primes = firstPrimes(rounds);
const initialState = rootFractions(primes.slice(0, 8), 2);
const roundConstants = rootFractions(primes, 3);

/** 64 bytes. */
export function sha512(message: Uint8Array): Bytes {
  const padded = new Uint8Array(Math.ceil((message.length + 17) / blockBytes) * blockBytes);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(message.length) * 8n);

  const state = initialState.slice();
  const words = new Int32Array(rounds * 2);
  for (let offset = 0; offset < padded.length; offset += blockBytes) compress(state, words, view, offset);

  const digest = new Uint8Array(64);
  const out = new DataView(digest.buffer);
  for (const [index, half] of state.entries()) out.setInt32(index * 4, half);
  return digest;
}

const at = (array: Int32Array, index: number) => array[index] ?? 0;
// One half of a 64-bit rotation right by n < 32; for n > 32 the halves change places.
const rotate = (first: number, second: number, n: number) => (first >>> n) | (second << (32 - n));
const carry = (sum: number) => Math.floor(sum / 0x1_0000_0000);

function compress(state: Int32Array, words: Int32Array, view: DataView, offset: number): void {
  for (let half = 0; half < 32; half++) words[half] = view.getInt32(offset + half * 4);
  for (let t = 32; t < rounds * 2; t += 2) {
    const [h15, l15, h2, l2] = [at(words, t - 30), at(words, t - 29), at(words, t - 4), at(words, t - 3)];
    const s0h = rotate(h15, l15, 1) ^ rotate(h15, l15, 8) ^ (h15 >>> 7);
    const s0l = rotate(l15, h15, 1) ^ rotate(l15, h15, 8) ^ rotate(l15, h15, 7);
    const s1h = rotate(h2, l2, 19) ^ rotate(l2, h2, 29) ^ (h2 >>> 6);
    const s1l = rotate(l2, h2, 19) ^ rotate(h2, l2, 29) ^ rotate(l2, h2, 6);
    const low = (s0l >>> 0) + (s1l >>> 0) + (at(words, t - 13) >>> 0) + (at(words, t - 31) >>> 0);
    words[t + 1] = low;
    words[t] = s0h + s1h + at(words, t - 14) + at(words, t - 32) + carry(low);
  }

  let [ah, al, bh, bl, ch, cl, dh, dl, eh, el, fh, fl, gh, gl, hh, hl] = state as unknown as State;
  for (let t = 0; t < rounds * 2; t += 2) {
    const s1h = rotate(eh, el, 14) ^ rotate(eh, el, 18) ^ rotate(el, eh, 9);
    const s1l = rotate(el, eh, 14) ^ rotate(el, eh, 18) ^ rotate(eh, el, 9);
    const chooseH = (eh & fh) ^ (~eh & gh);
    const chooseL = (el & fl) ^ (~el & gl);
    const low1 =
      (hl >>> 0) +
      (s1l >>> 0) +
      (chooseL >>> 0) +
      (at(roundConstants, t + 1) >>> 0) +
      (at(words, t + 1) >>> 0);
    const t1h = (hh + s1h + chooseH + at(roundConstants, t) + at(words, t) + carry(low1)) | 0;
    const t1l = low1 | 0;
    const s0h = rotate(ah, al, 28) ^ rotate(al, ah, 2) ^ rotate(al, ah, 7);
    const s0l = rotate(al, ah, 28) ^ rotate(ah, al, 2) ^ rotate(ah, al, 7);
    const majorityH = (ah & bh) ^ (ah & ch) ^ (bh & ch);
    const majorityL = (al & bl) ^ (al & cl) ^ (bl & cl);
    [hh, hl, gh, gl, fh, fl] = [gh, gl, fh, fl, eh, el];
    const lowE = (dl >>> 0) + (t1l >>> 0);
    [eh, el] = [(dh + t1h + carry(lowE)) | 0, lowE | 0];
    [dh, dl, ch, cl, bh, bl] = [ch, cl, bh, bl, ah, al];
    const lowA = (t1l >>> 0) + (s0l >>> 0) + (majorityL >>> 0);
    [ah, al] = [(t1h + s0h + majorityH + carry(lowA)) | 0, lowA | 0];
  }
  addInto(state, [ah, al, bh, bl, ch, cl, dh, dl, eh, el, fh, fl, gh, gl, hh, hl]);
}

type N = number;
type State = [N, N, N, N, N, N, N, N, N, N, N, N, N, N, N, N];

/** Adds eight 64-bit words, each two halves, modulo 2^64. */
function addInto(state: Int32Array, words: readonly number[]): void {
  for (let index = 0; index < state.length; index += 2) {
    const low = ((state[index + 1] ?? 0) >>> 0) + ((words[index + 1] ?? 0) >>> 0);
    state[index + 1] = low;
    state[index] = (state[index] ?? 0) + (words[index] ?? 0) + carry(low);
  }
}
