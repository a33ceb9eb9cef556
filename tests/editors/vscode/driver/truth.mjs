// What a sentence really is: the lens, the hint, the hover, the circuit and its counts.

export async function scenario(workbench, job) {
  const seen = {};

  await workbench.command("View: Toggle Primary Side Bar Visibility");
  seen.lens = await workbench.sees(job.lens);
  seen.freeLens = await workbench.sees(job.freeLens);
  seen.hints = [];
  for (const hint of job.hints) {
    seen.hints.push(await workbench.sees(hint));
  }
  seen.colours = await workbench.until(async () => {
    const colours = await workbench.coloursOf(job.sentence);
    return job.term in colours ? colours : null;
  }, `"${job.term}" is not told apart in its sentence`);

  await workbench.goTo(job.line, job.column);
  await workbench.command("Show or Focus Hover");
  seen.hover = await workbench.sees(job.hover);
  await workbench.screenshot(job.hoverImage);
  await workbench.press("Escape");

  await workbench.command("BioQL: Preview Circuit");
  seen.circuit = await workbench.seesInPage("q1");
  await workbench.clickInPage("Simulate locally");
  seen.counts = await workbench.seesInPage(job.counted);
  await workbench.screenshot(job.image);

  await workbench.click(job.freeLens);
  seen.countsOfLens = await workbench.seesInPage(job.countedFromLens);
  return seen;
}
