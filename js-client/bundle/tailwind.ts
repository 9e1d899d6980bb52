/**
 * The Vite plugin that builds Tailwind's engine into a module of its own, `tailwind.mjs`, which the
 * host runs itself: it shares nothing with the shell, and no browser is ever served it.
 */
import { build, type Plugin } from "vite";

import { sourcePath } from "./entries.ts";

/** Adds the engine to what the build writes. */
export function tailwindEngine(): Plugin {
  return {
    name: "ferroflex-tailwind",
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: "tailwind.mjs", source: await engine() });
    },
  };
}

async function engine(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2022",
      minify: true,
      lib: { entry: sourcePath("tailwind.ts"), formats: ["es"], fileName: "tailwind" },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const outputs = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  const chunk = outputs.find((output) => output.type === "chunk");
  if (!chunk || chunk.type !== "chunk") throw new Error("Tailwind's engine gave no module");
  return chunk.code;
}
