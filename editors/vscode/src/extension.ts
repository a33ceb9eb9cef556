// Starts the language server and shows what it says.
import { commands, type ExtensionContext, workspace } from "vscode";
import { registerCommands, showEstimate } from "./commands";
import { CostLog } from "./costLog";
import { ApiKeys } from "./keys";
import { CircuitPreview } from "./preview";
import type { Status, Usage } from "./protocol";
import { type Listener, Server } from "./server";
import { StatusBar } from "./statusBar";

const RESTART_SETTINGS = ["bioql.serverPath", "bioql.serverArgs", "bioql.workerUrl"];

let server: Server | null = null;

export async function activate(context: ExtensionContext): Promise<void> {
  const statusBar = new StatusBar();
  const costLog = new CostLog();
  const keys = new ApiKeys(context.secrets);
  const listener: Listener = {
    onStart: () => statusBar.reset(),
    onUsage: (usage: Usage) => {
      statusBar.showUsage(usage);
      costLog.add(usage);
    },
    onStatus: (status: Status) => {
      statusBar.showStatus(status);
      costLog.addStatus(status);
    },
    onAnswer: async (command: string, args: unknown[], answer: unknown) => {
      showEstimate(command, answer);
      await preview.onAnswer(command, args, answer);
    },
  };
  const started = new Server(keys, listener, declaredSettings(context));
  const preview = new CircuitPreview(started);
  server = started;
  context.subscriptions.push(
    statusBar,
    costLog,
    started,
    preview,
    commands.registerCommand("bioql.vscode.costLog", () => costLog.show()),
    ...registerCommands(started, keys),
    workspace.onDidChangeConfiguration((event) => {
      if (RESTART_SETTINGS.some((name) => event.affectsConfiguration(name))) {
        void started.restart();
      }
    }),
  );
  await started.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The names of the settings that this extension declares, without `bioql.`. */
function declaredSettings(context: ExtensionContext): string[] {
  const properties = context.extension.packageJSON.contributes.configuration.properties as object;
  return Object.keys(properties).map((name) => name.slice("bioql.".length));
}
