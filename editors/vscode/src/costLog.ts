// The output channel "BioQL Costs": one line for each request, and each change of the worker's state.
import { type Disposable, type OutputChannel, window } from "vscode";
import { costLine } from "./money";
import type { Status, Usage } from "./protocol";

export class CostLog implements Disposable {
  private readonly channel: OutputChannel = window.createOutputChannel("BioQL Costs");
  private last = "";

  add(usage: Usage): void {
    this.channel.appendLine(costLine(clock(), usage));
  }

  addStatus(status: Status): void {
    const line = `${status.state.padEnd(9)}  ${status.message}`;
    if (line !== this.last && status.state !== "busy") {
      this.last = line;
      this.channel.appendLine(`${clock()}  ${line}`);
    }
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
