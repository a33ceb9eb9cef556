// What the language client is told: which documents, which settings, where its log goes.
import type { LogOutputChannel } from "vscode";
import { Uri } from "vscode";
import type { ConfigurationParams, LanguageClientOptions } from "vscode-languageclient/node";
import { serverSettings } from "./settings";

/** `declared` are the names of the settings in package.json, without `bioql.`; code actions' commands go to `runCommand`. */
export function clientOptions(
  log: LogOutputChannel,
  declared: readonly string[],
  runCommand: (command: string, args: unknown[]) => Promise<unknown>,
): LanguageClientOptions {
  const answer =
    ({ items }: ConfigurationParams) =>
    (given: unknown, index: number) => {
      const item = items[index];
      const resource = item?.scopeUri ? Uri.parse(item.scopeUri) : undefined;
      return item?.section === "bioql" ? serverSettings(declared, resource) : given;
    };
  return {
    documentSelector: ["file", "untitled"].flatMap((scheme) =>
      ["python", "bioql"].map((language) => ({ scheme, language })),
    ).concat([{ scheme: "vscode-notebook-cell", language: "python" }]),
    // What the preview shows, the server neither tells in a message nor offers in another way.
    initializationOptions: {
      bioqlClient: { commands: ["bioql.previewCircuit", "bioql.simulate"] },
    },
    outputChannel: log,
    middleware: {
      executeCommand: (command, args) => runCommand(command, args),
      workspace: {
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          return Array.isArray(answers) ? answers.map(answer(params)) : answers;
        },
        // An empty notification makes the server ask, and its question gets the answer above.
        didChangeConfiguration: (_sections, next) => next(undefined),
      },
    },
  };
}
