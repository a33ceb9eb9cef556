// The main job: a squiggle and its fix, generated code, grey text, and what it all cost.

export async function scenario(workbench, job) {
  const seen = {};

  await workbench.command("View: Toggle Primary Side Bar Visibility");
  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);
  await workbench.click(job.problem);
  await workbench.sees(/\(\d+ selected\)/);
  await workbench.press("Control+1");
  await workbench.chooseAction(job.fixTitle);
  await workbench.gone(job.problem);
  seen.fixed = await workbench.savedText((text) => text.includes(job.fixedText));

  await workbench.press("Control+End", "Enter");
  const asked = await workbench.savedText((text) => text.length > seen.fixed.length);
  await workbench.command("BioQL: Generate Code...");
  await workbench.answer("make a bell state on ibm torino", job.instruction);
  seen.generated = await workbench.savedText((text) => text.length > asked.length);

  seen.statusBar = await workbench.sees(/BioQL\s+\$\d+\.\d{6}\s+\$\d+\.\d{2} left/);
  await workbench.clickButton(/BioQL\s+\$/);
  seen.generateLine = await workbench.sees(/generate\s+stop\s.*session\s+\$/);

  await workbench.press("Control+1", "Control+End", "Enter", "Enter");
  await workbench.type(job.call);
  seen.list = await workbench.sees(job.listed);
  // An open list hides grey text, and Enter would take its first line.
  await workbench.press("Escape", "Enter");
  await workbench.type(job.sentence);
  await workbench.press("Escape", "Enter");
  seen.typed = await workbench.savedText((text) => text.split(job.sentence)[1]?.startsWith("\n"));
  // Lines above that come into being later would push the cursor's line out of sight.
  await workbench.press(...Array(4).fill("Control+ArrowDown"));
  seen.grey = await workbench.until(() => workbench.greyText(), "no grey text came");
  seen.completeLine = await workbench.sees(/complete\s+stop\s.*session\s+\$/);
  await workbench.screenshot(job.image);
  await workbench.press("Tab");
  seen.completed = await workbench.savedText((text) => text.length > seen.typed.length);
  return seen;
}
