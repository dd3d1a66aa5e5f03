export { setUpTestDatabases as setup } from "../../src/testing/index.ts";
