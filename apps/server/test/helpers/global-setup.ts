import { setUpTestDatabases } from "@sotto/db/testing";

export async function setup(): Promise<() => Promise<void>> {
  return setUpTestDatabases();
}
