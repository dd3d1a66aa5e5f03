/** The tRPC limits: one call for each message. */
import type { Adapter } from "../adapter.ts";
import { openTrpcSocket } from "./trpc-socket.ts";

export const trpcLimit: Adapter = {
  async connect({ url, token }, arrived) {
    const socket = await openTrpcSocket(`${url.replace("http", "ws")}/?token=${token}`, {});
    await socket.subscribe("arrivals", undefined, (data) => arrived((data as { content: string }).content));
    return {
      send: async (to, content) => {
        await socket.mutate("send", { to: to.id, content });
      },
      close: () => socket.close(),
    };
  },
};
