import type { AdapterName } from "./load/adapters.ts";
import { type Seed, seedDesignOne, seedDesignTwo, seedLimit, seedSotto } from "./seeds.ts";

export type WorkloadName = "A" | "B" | "C" | "D" | "E";

export type Target = {
  name: string;
  /** In tables. */
  title: string;
  adapter: AdapterName;
  /** From the root of the repository. */
  main: string;
  /** Where it starts from, from the root of the repository. */
  cwd: string;
  /** Null: it keeps nothing. `embedded`: ours alone, a database inside the server. */
  database: { seed: Seed } | "embedded" | null;
  workloads: readonly WorkloadName[];
};

const all: readonly WorkloadName[] = ["A", "B", "C", "D", "E"];

export const targets = [
  {
    name: "ours",
    title: "Sotto",
    adapter: "sotto",
    main: "apps/server/src/main.ts",
    cwd: ".",
    database: { seed: seedSotto },
    workloads: all,
  },
  {
    name: "design-one",
    title: "Design one: Fastify, pg",
    adapter: "json-socket",
    main: "bench/peers/src/design-one.ts",
    cwd: "bench/peers",
    database: { seed: seedDesignOne },
    workloads: all,
  },
  {
    name: "design-two",
    title: "Design two: Socket.IO, Prisma",
    adapter: "socket-io",
    main: "bench/peers/src/design-two.ts",
    cwd: "bench/peers",
    database: { seed: seedDesignTwo },
    workloads: all,
  },
  {
    name: "ws-commit",
    title: "Limit: ws, group commit",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    database: { seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-commit",
    title: "Limit: tRPC, group commit",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    database: { seed: seedLimit },
    workloads: ["A", "B"],
  },
  {
    name: "trpc-relay",
    title: "Limit: tRPC, no database",
    adapter: "trpc-limit",
    main: "bench/src/limits/trpc-server.ts",
    cwd: "bench",
    database: null,
    workloads: ["A", "B", "C"],
  },
  {
    name: "ws-relay",
    title: "Limit: ws, no database",
    adapter: "json-socket",
    main: "bench/src/limits/ws-server.ts",
    cwd: "bench",
    database: null,
    workloads: ["A", "B", "C"],
  },
] as const satisfies readonly Target[];
