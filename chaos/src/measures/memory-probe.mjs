/** Loaded into a server whose memory is measured: answers each message of its parent with its memory in use. */
process.on("message", () => {
  // Twice: what a first pass finds through weak references is freed by the second.
  globalThis.gc();
  globalThis.gc();
  process.send(process.memoryUsage());
});
process.channel.unref();
