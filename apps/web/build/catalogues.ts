import { compileMessage } from "@lingui/message-utils/compileMessage";
import { type Plugin, runnerImport } from "vite";

const suffix = "?compiled";

/** Compiles the messages of a catalogue when it is imported with `?compiled`, so that no parser goes to browsers. */
export function catalogues(): Plugin {
  return {
    name: "sotto:catalogues",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const { module, dependencies } = await runnerImport<{ messages: Record<string, string> }>(
        id.slice(0, -suffix.length),
        { configFile: false },
      );
      for (const file of dependencies) this.addWatchFile(file);
      const compiled = Object.entries(module.messages).map(([key, text]) => [key, compileMessage(text)]);
      return `export const messages = ${JSON.stringify(Object.fromEntries(compiled))};`;
    },
  };
}
