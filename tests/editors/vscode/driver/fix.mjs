// The model's fix, from the menu at a finding and from the Command Palette.

export async function scenario(workbench, job) {
  const seen = {};
  const isFixed = (text) => text.includes(job.fixedText);

  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);
  await workbench.click(job.problem);
  await workbench.sees(/\(\d+ selected\)/);
  await workbench.press("Control+1", "ArrowLeft");
  await workbench.chooseAction("Fix BioQL code");
  seen.fromMenu = await workbench.savedText(isFixed);
  seen.statusBar = await workbench.sees(/BioQL\s+\$\d+\.\d{6}\s+\$\d+\.\d{2} left/);

  await workbench.press("Control+z");
  await workbench.savedText((text) => !isFixed(text));
  await workbench.sees(job.problem);
  await workbench.command("BioQL: Fix BioQL Code");
  seen.fromPalette = await workbench.savedText(isFixed);
  await workbench.gone(job.problem);
  return seen;
}
