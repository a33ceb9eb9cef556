// A worker elsewhere: without a key, with a wrong one, with the right one.

const HINT = "make a bell state on ibm torino";

async function generate(workbench, job) {
  await workbench.press("Control+1", "Control+End");
  await workbench.command("BioQL: Generate Code...");
  await workbench.answer(HINT, job.instruction);
}

async function setKey(workbench, key) {
  await workbench.command("BioQL: Set API Key");
  await workbench.answer(/given to this worker alone/, key);
  await workbench.sees(/the API key for .* is set/);
}

export async function scenario(workbench, job) {
  const seen = {};
  await workbench.sees(/BioQL/);
  await generate(workbench, job);
  seen.noKey = await workbench.sees(/No BioQL API key is set/);
  seen.offline = await workbench.sees(/BioQL\s+offline/);
  await workbench.command("Notifications: Clear All Notifications");

  await setKey(workbench, job.wrongKey);
  await generate(workbench, job);
  seen.wrongKey = await workbench.sees(/refused the API key/);
  await workbench.command("Notifications: Clear All Notifications");

  await setKey(workbench, job.rightKey);
  await generate(workbench, job);
  seen.text = await workbench.savedText((text) => text.includes("result = quantum("));
  seen.statusBar = await workbench.sees(/BioQL\s+\$\d+\.\d{6}\s+\$\d+\.\d{2} left/);

  await workbench.command("BioQL: Clear API Key");
  seen.cleared = await workbench.sees(/the API key for .* is cleared/);
  return seen;
}
