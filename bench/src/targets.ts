import type { AdapterName } from "./load/adapters.ts";
import { type Seed, seedDesignOne, seedDesignTwo, seedLimit, seedSottoOnPostgres } from "./seeds.ts";

export const workloadNames = ["A", "B", "C", "D", "E"] as const;
export type WorkloadName = (typeof workloadNames)[number];

export type Target = {
  name: string;
  /** In tables. */
  title: string;
  adapter: AdapterName;
  /** From the root of the repository. */
  main: string;
  /** Where it starts from, from the root of the repository. */
  cwd: string;
  /** `embedded` is inside the server, which ours alone has. */
  database: { kind: "postgres"; seed: Seed } | { kind: "embedded" } | { kind: "none" };
  workloads: readonly WorkloadName[];
};

export const targets: readonly Target[] = [
  {
    name: "ours",
    title: "Sotto",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    database: { kind: "postgres", seed: seedSottoOnPostgres },
    workloads: workloadNames,
  },
  {
    name: "ours-embedded",
    title: "Sotto on PGlite",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    database: { kind: "embedded" },
    workloads: ["B"],
  },
  {
    name: "design-one",
    title: "Design one: Fastify, pg",
    adapter: "json-socket",
    main: "bench/peers/src/design-one.ts",
    cwd: "bench/peers",
    database: { kind: "postgres", seed: seedDesignOne },
    workloads: workloadNames,
  },
  {
    name: "design-two",
    title: "Design two: Socket.IO, Prisma",
    adapter: "socket-io",
    main: "bench/peers/src/design-two.ts",
    cwd: "bench/peers",
    database: { kind: "postgres", seed: seedDesignTwo },
    workloads: workloadNames,
  },
  {
    name: "ws-commit",
    title: "Limit: ws, group commit",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    database: { kind: "postgres", seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-commit",
    title: "Limit: tRPC, group commit",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    database: { kind: "postgres", seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-relay",
    title: "Limit: tRPC, no database",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    database: { kind: "none" },
    workloads: ["A", "B", "C"],
  },
  {
    name: "ws-relay",
    title: "Limit: ws, no database",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    database: { kind: "none" },
    workloads: ["A", "B", "C"],
  },
];
