import type { GivenTime } from "./time.ts";

/** Connection tickets that were used, remembered until they would have run out anyway. */
export type RedeemedTicketsTable = {
  id: string;
  expires_at: GivenTime;
};
