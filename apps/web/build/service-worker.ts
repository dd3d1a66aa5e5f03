import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type Plugin, transformWithOxc } from "vite";

const source = new URL("../src/service-worker/service-worker.ts", import.meta.url);
/** Large, and needed only where there is a network: OPAQUE and the password estimator. */
const onlineOnly = /^assets\/(?:esm|password-guesses)-/;

/** Their names say nothing of what is in them, so a change of one has to change the worker. */
const unhashed = ["theme.js", "icon.svg", "icon-192.png", "manifest.webmanifest"];
const publicFolder = new URL("../public/", import.meta.url);

/** Emits `/service-worker.js` with the list of the files that a start without a network needs. */
export function serviceWorker(): Plugin {
  return {
    name: "sotto:service-worker",
    apply: "build",
    async generateBundle(_options, bundle) {
      const built = Object.keys(bundle).filter(
        (name) => /\.(?:js|css)$/.test(name) && !onlineOnly.test(name),
      );
      const files = ["/", ...unhashed.map((name) => `/${name}`), ...built.map((name) => `/${name}`)];
      const { code } = await transformWithOxc(await readFile(source, "utf8"), source.pathname);
      const hash = createHash("sha256").update(code).update(JSON.stringify(files));
      for (const name of unhashed) hash.update(await readFile(new URL(name, publicFolder)));
      const build = hash.digest("hex").slice(0, 16);
      const head = `const BUILD = ${JSON.stringify(build)};\nconst FILES = ${JSON.stringify(files)};\n`;
      this.emitFile({ type: "asset", fileName: "service-worker.js", source: head + code });
    },
  };
}
