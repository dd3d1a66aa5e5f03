import type { Adapter } from "./adapter.ts";
import { jsonSocket } from "./adapters/json-socket.ts";
import { socketIo } from "./adapters/socket-io.ts";
import { sotto } from "./adapters/sotto.ts";
import { trpcLimit } from "./adapters/trpc-limit.ts";

export const adapters = {
  sotto,
  "json-socket": jsonSocket,
  "socket-io": socketIo,
  "trpc-limit": trpcLimit,
} satisfies Record<string, Adapter>;

export type AdapterName = keyof typeof adapters;
