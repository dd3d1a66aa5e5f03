/** A process that hosts several headless clients. It is told what to do by its parent, and ends with it. */
import type { FromHost, HostTask, ToHost } from "./host-protocol.ts";
import { type HeadlessDevice, startDevice } from "./headless-device.ts";
import { skewClock } from "./skewed-clock.ts";

let devices: HeadlessDevice[] = [];

function tell(message: FromHost): void {
  process.send?.(message);
}

async function begin(task: HostTask): Promise<void> {
  if (task.skewMs !== 0) skewClock(task.skewMs);
  if (task.life === 0) {
    // Passwords are stretched on the way in, which takes a lot of memory and time: not all at once.
    for (const device of task.devices) devices.push(await startDevice(task, device));
  } else {
    devices = await Promise.all(task.devices.map((device) => startDevice(task, device)));
  }
  const opened = devices.map(async (device) => [device.name, await device.open()] as const);
  tell({ say: "ready", conversationIds: Object.fromEntries(await Promise.all(opened)) });
}

async function handle(message: ToHost): Promise<void> {
  switch (message.say) {
    case "task":
      return begin(message.task);
    case "talk":
      return devices.forEach((device) => device.talk());
    case "hush":
      return devices.forEach((device) => device.hush());
    case "end-session":
      return devices
        .find(({ name }) => name === message.device)
        ?.endSession(message.how)
        .catch(() => undefined);
    case "skew":
      return skewClock(message.skewMs);
    case "status":
      return tell({ say: "status", devices: devices.map((device) => device.status()) });
    case "finish":
      await Promise.all(devices.map((device) => device.finish()));
      process.disconnect();
  }
}

function fail(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ say: "trouble", device: devices.map(({ name }) => name).join(", "), text });
}

process.on("message", (message) => {
  // Only the rig holds the other end of this channel.
  handle(message as ToHost).catch(fail);
});
process.on("unhandledRejection", fail);
process.on("disconnect", () => process.exit(0));
