// The main job: a squiggle and its fix, grey text, generated code, and what it all cost.

export async function scenario(workbench, job) {
  const seen = {};

  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);

  await workbench.click(job.problem);
  await workbench.press("Control+1", "Control+.");
  seen.fixTitle = await workbench.sees(job.fixTitle);
  await workbench.press("Enter");
  await workbench.gone(job.problem);
  seen.fixed = await workbench.savedText((text) => text.includes(job.fixedText));

  await workbench.press("Control+End");
  await workbench.type(job.typed);
  const before = await workbench.drawnText();
  await workbench.until(
    async () => (await workbench.drawnText()).length > before.length,
    "no grey text came",
  );
  seen.ghost = await workbench.drawnText();
  await workbench.screenshot(job.image);
  await workbench.press("Tab");
  seen.completed = await workbench.savedText((text) => text.length > seen.fixed.length + job.typed.length);

  await workbench.press("Control+End", "Enter", "Enter");
  await workbench.command("BioQL: Generate Code...");
  await workbench.answer("make a bell state on ibm torino", job.instruction);
  seen.generated = await workbench.savedText((text) => text.length > seen.completed.length + 10);

  seen.statusBar = await workbench.sees(/BioQL\s+\$\d+\.\d{6}/);
  await workbench.command("BioQL: Show Cost Log");
  seen.costLine = await workbench.sees(/generate .*session \$/);
  return seen;
}
