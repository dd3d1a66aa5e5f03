import { setUpTestDatabases } from "@sotto/db/testing";
import { setUpChromium } from "./chromium.ts";

/** One PostgreSQL, one migrated template of each engine and one unpacked browser for the whole run. */
export async function setup(): Promise<() => Promise<void>> {
  // Not at once: the browser's package unpacks by way of the environment.
  const removeChromium = await setUpChromium();
  const takeDown = await setUpTestDatabases().catch(async (error: unknown) => {
    await removeChromium();
    throw error;
  });
  return async () => {
    await takeDown();
    await removeChromium();
  };
}
