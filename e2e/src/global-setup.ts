import { setUpTestDatabases } from "@sotto/db/testing";

/** One PostgreSQL and one migrated template of each engine for the whole run. */
export const setup = setUpTestDatabases;
