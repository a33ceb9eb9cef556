// node run.mjs SCENARIO: the job as JSON on stdin, what was seen as JSON on stdout.
import { readFileSync } from "node:fs";
import { drive } from "./workbench.mjs";

const { scenario } = await import(`./${process.argv[2]}.mjs`);
const job = JSON.parse(readFileSync(0, "utf8"));
const seen = await drive(job, (workbench) => scenario(workbench, job));
process.stdout.write(`${JSON.stringify(seen)}\n`);
