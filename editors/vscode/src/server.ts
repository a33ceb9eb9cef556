// Starts, stops and restarts the language server. One thing at a time, newest settings and key.
import { commands, type Disposable, type LogOutputChannel, window } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { clientOptions } from "./clientOptions";
import type { ApiKeys } from "./keys";
import { locate } from "./locate";
import type { Status, Usage } from "./protocol";
import { statusNotification, usageNotification } from "./protocol";
import { ask } from "./request";
import { type Launch, launchSettings, workerUrl } from "./settings";

const INSTALL_COMMAND = 'pipx install "bioql-lsp[worker]"';

/** Who is told what the server says: about money, and in answer to a command. */
export interface Listener {
  onAnswer(command: string, args: unknown[], answer: unknown): Promise<void>;
  onStart(): void;
  onUsage(usage: Usage): void;
  onStatus(status: Status): void;
}

export class Server implements Disposable {
  private client: LanguageClient | null = null;
  private queue: Promise<void> = Promise.resolve();
  private explain: () => Promise<void> = async () => {};
  private readonly log: LogOutputChannel = window.createOutputChannel("BioQL", { log: true });

  constructor(
    private readonly keys: ApiKeys,
    private readonly listener: Listener,
    private readonly declared: readonly string[],
  ) {}

  /** The running client, once it has started, or null after saying why there is none. */
  async running(): Promise<LanguageClient | null> {
    await this.queue;
    if (this.client === null) {
      void this.explain();
    }
    return this.client;
  }

  /** Starts the server; one that runs is stopped first. */
  restart(): Promise<void> {
    this.queue = this.queue.then(async () => {
      await this.stopNow();
      await this.startNow();
    });
    return this.queue;
  }

  stop(): Promise<void> {
    this.queue = this.queue.then(() => this.stopNow());
    return this.queue;
  }

  dispose(): void {
    this.log.dispose();
  }

  private async startNow(): Promise<void> {
    const launch = launchSettings();
    const program = locate(launch.path, process.env.PATH ?? "", process.platform);
    this.explain = () =>
      program === null ? sayMissing(launch.path) : sayFailed(program, this.log);
    if (program === null) {
      void this.explain();
      return;
    }
    const client = await this.createClient(program, launch);
    this.listener.onStart();
    try {
      await client.start();
      this.client = client;
    } catch (error) {
      this.log.error(String(error));
      void this.explain();
    }
  }

  private async createClient(program: string, launch: Launch): Promise<LanguageClient> {
    const key = await this.keys.get(workerUrl());
    const environment = key === undefined ? {} : { BIOQL_API_KEY: key };
    const server = {
      command: program,
      args: launch.args,
      options: { env: { ...process.env, ...environment } },
    };
    const options = clientOptions(this.log, this.declared, async (command, args) => {
      const running = await this.running();
      const answer = running && (await ask(running, command, args));
      await this.listener.onAnswer(command, args, answer);
      return answer;
    });
    const client = new LanguageClient("bioql", "BioQL", server, options);
    client.onNotification(usageNotification, (usage) => this.listener.onUsage(usage));
    client.onNotification(statusNotification, (status) => this.listener.onStatus(status));
    return client;
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = null;
    try {
      await client?.dispose();
    } catch (error) {
      // One that has crashed can't be stopped in good order; the next one starts all the same.
      this.log.warn(String(error));
    }
  }
}

async function sayMissing(path: string): Promise<void> {
  const answer = await window.showErrorMessage(
    `BioQL: the language server "${path}" was not found. Install it (${INSTALL_COMMAND}), ` +
      'or name its program in the setting "bioql.serverPath".',
    "Install",
    "Open Settings",
  );
  if (answer === "Install") {
    const terminal = window.createTerminal("Install BioQL");
    terminal.show();
    // Typed, not run: what gets installed is the user's to decide.
    terminal.sendText(INSTALL_COMMAND, false);
  } else if (answer === "Open Settings") {
    await commands.executeCommand("workbench.action.openSettings", "bioql.serverPath");
  }
}

async function sayFailed(program: string, log: LogOutputChannel): Promise<void> {
  const answer = await window.showErrorMessage(
    `BioQL: ${program} did not start. Its output says why.`,
    "Show Output",
  );
  if (answer === "Show Output") {
    log.show();
  }
}
