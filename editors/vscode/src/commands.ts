// The palette's commands. Most ask the server.
import { commands, type Disposable, type TextEditor, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type ApiKeys, originOf } from "./keys";
import { ask } from "./request";
import type { Server } from "./server";
import { workerUrl } from "./settings";

/** Registers every palette command but the cost log's. */
export function registerCommands(server: Server, keys: ApiKeys): Disposable[] {
  const table: Record<string, () => unknown> = {
    generate: () => generate(server),
    fix: () => fix(server),
    balance: () => askRunning(server, "bioql.balance"),
    restartWorker: () => askRunning(server, "bioql.restartWorker"),
    restartServer: () => server.restart(),
    setApiKey: () => setApiKey(server, keys),
    clearApiKey: () => clearApiKey(server, keys),
  };
  return Object.entries(table).map(([name, run]) =>
    commands.registerCommand(`bioql.vscode.${name}`, run),
  );
}

/** Shows what runs list at, which a code lens asks for where no circuit is known. */
export function showEstimate(command: string, answer: unknown): void {
  const runs = (answer as { runs?: { message: string }[] } | null)?.runs;
  if (command === "bioql.estimate" && runs !== undefined) {
    const messages = runs.map((run) => run.message);
    void window.showInformationMessage(`BioQL: ${messages.join("; ")}.`);
  }
}

async function generate(server: Server): Promise<void> {
  const editor = window.activeTextEditor;
  const client = await server.running();
  if (!editor || !client) {
    return;
  }
  const instruction = await window.showInputBox({
    title: "BioQL: Generate Code",
    prompt: "What should the code at the cursor do?",
    placeHolder: "make a bell state on ibm torino",
    ignoreFocusOut: true,
  });
  if (!instruction?.trim()) {
    return;
  }
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const argument = { ...place(client, editor), position, instruction };
  await ask(client, "bioql.generate", [argument]);
}

async function fix(server: Server): Promise<void> {
  const editor = window.activeTextEditor;
  const client = await server.running();
  if (!editor || !client) {
    return;
  }
  const range = client.code2ProtocolConverter.asRange(editor.selection);
  await ask(client, "bioql.fix", [{ ...place(client, editor), range }]);
}

function place(client: LanguageClient, editor: TextEditor): { uri: string } {
  return { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
}

async function askRunning(server: Server, command: string): Promise<void> {
  const client = await server.running();
  if (client) {
    await ask(client, command, []);
  }
}

async function setApiKey(server: Server, keys: ApiKeys): Promise<void> {
  const origin = await keyOrigin();
  if (origin === null) {
    return;
  }
  const key = await window.showInputBox({
    title: `BioQL: API key for ${origin}`,
    prompt: "Kept in VS Code's secret storage and given to this worker alone.",
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (/\s/.test(text.trim()) ? "A key holds no blanks." : null),
  });
  if (key?.trim()) {
    await keys.set(origin, key.trim());
    await server.restart();
    void window.showInformationMessage(`BioQL: the API key for ${origin} is set.`);
  }
}

async function clearApiKey(server: Server, keys: ApiKeys): Promise<void> {
  const origin = await keyOrigin();
  if (origin !== null) {
    await keys.clear(origin);
    await server.restart();
    void window.showInformationMessage(`BioQL: the API key for ${origin} is cleared.`);
  }
}

/** The origin that keys are for now; says what to do where there is none. */
async function keyOrigin(): Promise<string | null> {
  const origin = originOf(workerUrl());
  if (origin === null) {
    const answer = await window.showInformationMessage(
      "BioQL: a local worker needs no API key. For one elsewhere, " +
        'put its URL into the setting "bioql.workerUrl" first.',
      "Open Settings",
    );
    if (answer) {
      await commands.executeCommand("workbench.action.openSettings", "bioql.workerUrl");
    }
  }
  return origin;
}
