// The language server is not installed: one message, with what to do.

export async function scenario(workbench) {
  const message = await workbench.sees(/the language server .* was not found/);
  await workbench.clickButton("Install");
  const typed = await workbench.sees(/pipx install/);
  return { message, typed };
}
