import type { Member } from "./members.ts";

export type ToFleet =
  /** Each resumes its session and opens a conversation with its partner. */
  | { say: "open"; url: string; pairs: { member: Member; partner: string }[] }
  /**
   * Everyone writes to its partner as soon as it is online again, and is live once that is acknowledged and the
   * partner's has arrived. `aliveAfterMs` is this machine's clock: an earlier connection does not count.
   */
  | { say: "probe"; round: number }
  | { say: "talk"; perSecond: number; textLength: number }
  | { say: "hush" }
  /** Gives the latencies since the last time this was asked. */
  | { say: "latencies" }
  | { say: "close" };

export type FromFleet =
  | { say: "open" }
  | { say: "live"; round: number; member: string; atMs: number }
  /** Of acknowledged sends, from the call to the answer; and how many are still on their way. */
  | { say: "latencies"; valuesMs: number[]; pending: number; received: number }
  /** An answer of HTTP with a status of 400 or more. */
  | { say: "refused"; status: number; path: string }
  | { say: "trouble"; text: string };
