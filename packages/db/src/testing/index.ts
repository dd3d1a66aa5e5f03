export { setUpTestDatabases } from "./set-up.ts";
export {
  createEmptyPostgres,
  createTestDatabase,
  createTestPlace,
  type Engine,
  type TestDatabase,
  type TestPlace,
} from "./test-database.ts";
export { findFreePort, startTestPostgres, type TestPostgres } from "./test-postgres.ts";
export { openAsOutsider } from "./outsider.ts";
