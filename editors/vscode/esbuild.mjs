// Bundles the extension, or with --test its unit tests, into out/.

import { readdirSync } from "node:fs";
import { build } from "esbuild";

const tests = process.argv.includes("--test");
await build({
  entryPoints: tests ? readdirSync("test").map((name) => `test/${name}`) : ["src/extension.ts"],
  outdir: tests ? "out/test" : "out",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: process.argv.includes("--minify"),
  sourcemap: tests,
  logLevel: "warning",
});
