// A request that never ends is cancelled from its progress message.
import { execFileSync } from "node:child_process";

export async function scenario(workbench, job) {
  const [program, ...args] = job.balanceCommand;
  const heldUsd = () => Number(JSON.parse(execFileSync(program, args)).held_usd);
  const seen = {};

  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);
  await workbench.press("Control+1", "Control+End");
  await workbench.command("BioQL: Generate Code...");
  await workbench.answer("make a bell state on ibm torino", job.instruction);
  seen.progress = await workbench.sees(/BioQL: Writing code/);
  await workbench.until(() => heldUsd() > 0, "the worker got no request");

  await workbench.clickButton("Cancel");
  await workbench.buttonGone("Cancel");
  await workbench.until(() => heldUsd() === 0, "the worker went on");
  await workbench.command("BioQL: Show Balance");
  seen.balance = await workbench.sees(/balance \d+\.\d+ USD/);
  return seen;
}
