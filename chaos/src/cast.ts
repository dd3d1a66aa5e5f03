import { join } from "node:path";
import { createRandom } from "./random.ts";

/**
 * Who takes part, and where. A device is one headless client with a store of its own. Every fourth one is a second
 * device of the person before it, so that a sender's own feed has a reader too.
 */
export type Device = {
  name: string;
  username: string;
  /** The first device of a person signs up, the others sign in. */
  first: boolean;
  /** User names of those it writes to. */
  partners: string[];
  /** Messages a second. */
  rate: number;
  storePath: string;
};

/** Devices that share an operating-system process, and so die together. */
export type Host = { index: number; devices: Device[] };

const partnersEach = 3;

export function castDevices(input: { clients: number; seed: number; rate: number }, folder: string): Host[] {
  const random = createRandom(input.seed, "cast");
  const owners = Array.from({ length: input.clients }, (_, index) => (index % 4 === 3 ? index - 1 : index));
  const usernames = [...new Set(owners)].map((owner) => `person${owner}`);
  const partners = new Map(
    usernames.map((username) => [
      username,
      random.sample(
        usernames.filter((other) => other !== username),
        partnersEach,
      ),
    ]),
  );
  const devices = owners.map((owner, index): Device => {
    const name = `d${index}`;
    const username = `person${owner}`;
    return {
      name,
      username,
      first: owner === index,
      partners: partners.get(username) ?? [],
      rate: input.rate / input.clients,
      storePath: join(folder, `${name}.store`),
    };
  });
  const size = Math.min(25, Math.max(4, Math.ceil(input.clients / 8)));
  const hosts = Array.from({ length: Math.ceil(devices.length / size) }, (_, index) => ({
    index,
    devices: devices.slice(index * size, (index + 1) * size),
  }));
  return hosts;
}
