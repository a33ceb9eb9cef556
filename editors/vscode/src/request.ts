// Runs a command of the server's where the user sees it: with progress, a Cancel button, and the
// reason when it fails.
import { type CancellationToken, ProgressLocation, window } from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

const TITLES: Record<string, string> = {
  "bioql.generate": "Writing code",
  "bioql.fix": "Fixing code",
  "bioql.balance": "Reading the balance",
  "bioql.explain": "Reading the sentence",
  "bioql.estimate": "Adding up the costs",
  "bioql.simulate": "Simulating on this machine",
  "bioql.restartWorker": "Restarting the worker",
};

/** Asks the server, which edits the document and tells the outcome itself. */
export async function ask(
  client: LanguageClient,
  command: string,
  args: unknown[],
): Promise<unknown> {
  const options = {
    location: ProgressLocation.Notification,
    title: `BioQL: ${TITLES[command] ?? command}`,
    cancellable: true,
  };
  return window.withProgress(options, (_progress, token) => send(client, command, args, token));
}

async function send(
  client: LanguageClient,
  command: string,
  args: unknown[],
  token: CancellationToken,
): Promise<unknown> {
  try {
    const params = { command, arguments: args };
    return await client.sendRequest(ExecuteCommandRequest.type, params, token);
  } catch (error) {
    if (!token.isCancellationRequested) {
      const reason = error instanceof Error ? error.message : String(error);
      void window.showErrorMessage(`BioQL: ${reason}`);
    }
    return null;
  }
}
