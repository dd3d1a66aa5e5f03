import { fileStore } from "../src/index.ts";

const store = fileStore(process.argv[2] ?? "");
await store.commit([{ key: "held", value: true }]);
process.stdout.write("held");
setInterval(() => undefined, 60_000);
