// A notebook: what is wrong in one cell is known from another one; its fix.

export async function scenario(workbench, job) {
  const seen = {};
  // The address of the window opens a file as text.
  await workbench.command("View: Reopen Editor With...");
  await workbench.choose("Jupyter Notebook");
  await workbench.command("Problems: Focus on Problems View");
  seen.problem = await workbench.sees(job.problem);
  await workbench.screenshot(job.image);
  await workbench.click(job.problem);
  await workbench.press("Enter");
  await workbench.isInCell();
  // Escape would leave the cell.
  await workbench.chooseAction(job.fixTitle, ["Control+."]);
  await workbench.gone(job.problem);
  seen.saved = await workbench.savedText((text) => text.includes(job.fixedText));
  return seen;
}
