// A file of sentences: a finding, what is seen of each line, and the finding's fix.

export async function scenario(workbench, job) {
  const seen = {};
  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);
  seen.hint = await workbench.sees(job.hint);
  await workbench.click(job.problem);
  await workbench.sees(/\(\d+ selected\)/);
  await workbench.press("Control+1");
  await workbench.chooseAction(job.fixTitle);
  await workbench.gone(job.problem);
  seen.fixed = await workbench.savedText((text) => text !== job.text);
  await workbench.screenshot(job.image);
  return seen;
}
