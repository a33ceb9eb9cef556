// The status bar item: session cost, balance, and the state of the worker with what to do about it.
import {
  type Disposable,
  MarkdownString,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
} from "vscode";
import { originOf } from "./keys";
import { escapeMarkdown, type Money, type Severity, statusText, tooltipMarkdown } from "./money";
import type { Status, Usage } from "./protocol";
import { workerUrl } from "./settings";

const COST_LOG = "bioql.vscode.costLog";
const SET_KEY = "bioql.vscode.setApiKey";
const BACKGROUNDS: Record<Severity, string | null> = {
  none: null,
  warning: "statusBarItem.warningBackground",
  error: "statusBarItem.errorBackground",
};

export class StatusBar implements Disposable {
  private readonly item: StatusBarItem;
  private money: Money = { status: null, usage: null };

  constructor() {
    this.item = window.createStatusBarItem("bioql.cost", StatusBarAlignment.Right, 90);
    this.item.name = "BioQL Cost";
    this.draw();
    this.item.show();
  }

  /** Forgets what was said: the server, and with it the session, starts anew. */
  reset(): void {
    this.update({ status: null, usage: null });
  }

  showUsage(usage: Usage): void {
    this.update({ ...this.money, usage });
  }

  showStatus(status: Status): void {
    this.update({ ...this.money, status });
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(money: Money): void {
    this.money = money;
    this.draw();
  }

  private draw(): void {
    const { text, severity } = statusText(this.money);
    const background = BACKGROUNDS[severity];
    this.item.text = text;
    this.item.backgroundColor = background === null ? undefined : new ThemeColor(background);
    this.item.tooltip = this.tooltip();
    this.item.command = this.clickCommand(severity);
  }

  /** A click opens the cost log, or does what helps while the worker can't be asked. */
  private clickCommand(severity: Severity): StatusBarItem["command"] {
    const action = this.money.status?.command;
    if (severity === "none" || !action) {
      return COST_LOG;
    }
    return { title: action.title, command: action.command, arguments: action.arguments ?? [] };
  }

  private tooltip(): MarkdownString {
    const markdown = new MarkdownString(tooltipMarkdown(this.money));
    const links = [commandLink("Show cost log", COST_LOG, [])];
    const action = this.money.status?.command;
    if (action) {
      links.unshift(commandLink(action.title, action.command, action.arguments ?? []));
    }
    if (originOf(workerUrl()) !== null) {
      links.push(commandLink("Set API key", SET_KEY, []));
    }
    markdown.appendMarkdown(`\n\n${links.join(" · ")}`);
    markdown.isTrusted = {
      enabledCommands: [COST_LOG, SET_KEY, ...(action ? [action.command] : [])],
    };
    return markdown;
  }
}

function commandLink(title: string, command: string, args: unknown[]): string {
  const query = args.length > 0 ? `?${encodeURIComponent(JSON.stringify(args))}` : "";
  return `[${escapeMarkdown(title)}](command:${command}${query})`;
}
