// Reads the settings: what starts the server stays here, everything else is the server's.
import { type Uri, workspace } from "vscode";
import { type Json, nested } from "./nesting";

const CLIENT_ONLY = new Set(["serverPath", "serverArgs", "trace.server"]);

/** How the server is started. */
export interface Launch {
  path: string;
  args: string[];
}

export function launchSettings(): Launch {
  const settings = workspace.getConfiguration("bioql");
  return {
    path: settings.get<string>("serverPath") || "bioql-lsp",
    args: settings.get<string[]>("serverArgs") ?? ["--stdio"],
  };
}

/** Where the worker is: the setting, else the environment, else "" (a local worker). */
export function workerUrl(): string {
  const setting = workspace.getConfiguration("bioql").get<string>("workerUrl");
  return setting || process.env.BIOQL_WORKER_URL || "";
}

/**
 * The settings that somebody has set, as the server knows them. Defaults are left out: they are the
 * server's own, and would otherwise override what the environment says.
 */
export function serverSettings(declared: readonly string[], resource: Uri | undefined): Json {
  const settings = workspace.getConfiguration("bioql", resource);
  const names = declared.filter((name) => !CLIENT_ONLY.has(name) && isSet(settings.inspect(name)));
  return nested(names.map((name) => [name, settings.get(name)]));
}

interface Layers {
  globalValue?: unknown;
  workspaceValue?: unknown;
  workspaceFolderValue?: unknown;
}

function isSet(layers: Layers | undefined): boolean {
  const values = [layers?.globalValue, layers?.workspaceValue, layers?.workspaceFolderValue];
  return values.some((value) => value !== undefined);
}
