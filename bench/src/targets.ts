import type { AdapterName } from "./load/adapters.ts";
import { type Seed, seedDesignOne, seedDesignTwo, seedLimit, seedSottoOnPostgres } from "./seeds.ts";

export const workloadNames = ["A", "B", "C", "D", "E", "F"] as const;
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
  /** More than one share a database, with NATS between them. */
  nodes: number;
  /** `embedded` is inside the server, which ours alone has. */
  database: { kind: "postgres"; seed: Seed } | { kind: "embedded" } | { kind: "none" };
  workloads: readonly WorkloadName[];
};

/** One node is all that they are made for. */
const onOneNode = workloadNames.filter((name) => name !== "F");

export const targets: readonly Target[] = [
  {
    name: "ours",
    title: "Sotto",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    nodes: 1,
    database: { kind: "postgres", seed: seedSottoOnPostgres },
    workloads: workloadNames,
  },
  {
    name: "ours-two-nodes",
    title: "Sotto, two nodes",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    nodes: 2,
    database: { kind: "postgres", seed: seedSottoOnPostgres },
    workloads: ["F"],
  },
  {
    name: "ours-embedded",
    title: "Sotto on PGlite",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    nodes: 1,
    database: { kind: "embedded" },
    workloads: ["B"],
  },
  {
    name: "design-one",
    title: "Design one: Fastify, pg",
    adapter: "json-socket",
    main: "bench/peers/src/design-one.ts",
    cwd: "bench/peers",
    nodes: 1,
    database: { kind: "postgres", seed: seedDesignOne },
    workloads: onOneNode,
  },
  {
    name: "design-two",
    title: "Design two: Socket.IO, Prisma",
    adapter: "socket-io",
    main: "bench/peers/src/design-two.ts",
    cwd: "bench/peers",
    nodes: 1,
    database: { kind: "postgres", seed: seedDesignTwo },
    workloads: onOneNode,
  },
  {
    name: "ws-commit",
    title: "Limit: ws, group commit",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    nodes: 1,
    database: { kind: "postgres", seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-commit",
    title: "Limit: tRPC, group commit",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    nodes: 1,
    database: { kind: "postgres", seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-relay",
    title: "Limit: tRPC, no database",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    nodes: 1,
    database: { kind: "none" },
    workloads: ["A", "B", "C"],
  },
  {
    name: "ws-relay",
    title: "Limit: ws, no database",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    nodes: 1,
    database: { kind: "none" },
    workloads: ["A", "B", "C"],
  },
];
