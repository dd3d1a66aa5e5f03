import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { startTestServer } from "./helpers/test-server.ts";

it("says in the form of all other errors what is wrong with a request that Node does not take", async () => {
  await using server = await startTestServer("postgres");
  const long = await fetch(`${server.url}/api/trpc/feed.head?${"x".repeat(20_000)}`);
  expect(long.status).toBe(431);
  expect(await long.json()).toMatchObject({
    error: {
      message: "The address and the headers are too long.",
      data: { httpStatus: 431, reason: "bad-input" },
    },
  });
  const socket = createConnection(server.port, "127.0.0.1");
  socket.write("hello\r\n\r\n");
  expect(await text(socket)).toMatch(
    /^HTTP\/1\.1 400 Bad Request\r\n[^]*"message":"This is no HTTP request\."/,
  );
});
