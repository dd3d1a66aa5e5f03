/** How the process that sets the test databases up tells the test processes, which inherit its environment. */
const names = {
  postgresUrl: "SOTTO_TEST_POSTGRES_URL",
  pgliteTemplate: "SOTTO_TEST_PGLITE_TEMPLATE",
} as const;

/** Migrated, and copied for each test that wants PostgreSQL. */
export const templateDatabase = "sotto_template";

export const environment = {
  read(name: keyof typeof names): string {
    const value = process.env[names[name]];
    if (value === undefined) {
      throw new Error(
        `${names[name]} is not set: name a module that calls setUpTestDatabases as vitest's globalSetup.`,
      );
    }
    return value;
  },
  write(name: keyof typeof names, value: string): void {
    process.env[names[name]] = value;
  },
};
