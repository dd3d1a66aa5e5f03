import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { RequestError } from "./request-error.ts";

const minute = 60;
const hour = 60 * minute;

/**
 * Points in a time, for each key. Keys are addresses, users, or an address with an account: never an account alone,
 * because anybody could then lock its owner out. A household or a class room behind one address fits into each.
 */
const rules = {
  signUpStart: { points: 120, duration: hour },
  signUp: { points: 20, duration: hour },
  signIn: { points: 10, duration: 15 * minute },
  signInAddress: { points: 100, duration: 15 * minute },
  recovery: { points: 5, duration: hour },
  recoveryAddress: { points: 30, duration: hour },
  recoveryFinish: { points: 30, duration: hour },
  passwordChange: { points: 10, duration: 15 * minute },
  passwordChangeFinish: { points: 10, duration: 15 * minute },
  refresh: { points: 60, duration: minute },
  search: { points: 30, duration: minute },
  openDirect: { points: 60, duration: minute },
  whatIsStored: { points: 10, duration: minute },
  presence: { points: 30, duration: minute },
  block: { points: 60, duration: minute },
  history: { points: 600, duration: minute },
  conversations: { points: 120, duration: minute },
} as const;
type Rule = keyof typeof rules;

export type RateLimits = {
  /** @throws RequestError `rate-limited`, which says when to try again */
  take(rule: Rule, key: string): Promise<void>;
  /** After a success: what was taken before does not count against the key any more. */
  forgive(rule: Rule, key: string): Promise<void>;
};

export function createRateLimits(enabled: boolean): RateLimits {
  if (!enabled) return { take: async () => {}, forgive: async () => {} };
  const limiters = new Map(
    Object.entries(rules).map(([name, rule]) => [name, new RateLimiterMemory({ ...rule, keyPrefix: name })]),
  );

  return {
    async take(rule, key) {
      try {
        await limiters.get(rule)?.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
        throw new RequestError("rate-limited", `Too many attempts. Try again in ${seconds} seconds.`);
      }
    },
    async forgive(rule, key) {
      await limiters.get(rule)?.delete(key);
    },
  };
}
