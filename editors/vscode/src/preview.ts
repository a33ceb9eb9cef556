// Shows beside the editor what circuit the sentence at the cursor compiles to.
import {
  commands,
  type Disposable,
  type TextEditor,
  ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import { type Circuit, type Counts, page } from "./previewHtml";
import { ask } from "./request";
import type { Server } from "./server";

const PAUSE_MS = 150;

/** A place in a document as the protocol has it. */
interface Place {
  uri: string;
  position: { line: number; character: number };
}

export class CircuitPreview implements Disposable {
  private panel: WebviewPanel | null = null;
  private place: Place | null = null;
  private circuit: Circuit | null = null;
  private pause: NodeJS.Timeout | undefined;
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      commands.registerCommand("bioql.previewCircuit", (place?: Place) => this.show(place)),
      commands.registerCommand("bioql.vscode.previewCircuit", () => this.show()),
      commands.registerCommand("bioql.vscode.simulate", () => this.simulate()),
      window.onDidChangeTextEditorSelection((event) => this.follow(event.textEditor)),
    ];
  }

  dispose(): void {
    clearTimeout(this.pause);
    this.panel?.dispose();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  /** Opens the preview for a place, or for the cursor. */
  async show(place?: Place): Promise<void> {
    const editor = window.activeTextEditor;
    if (place !== undefined) {
      this.place = place;
    } else if (editor !== undefined) {
      this.place = await this.placeOf(editor);
    }
    if (this.panel === null) {
      this.panel = window.createWebviewPanel(
        "bioql.circuit",
        "BioQL circuit",
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableScripts: false, enableCommandUris: ["bioql.vscode.simulate"] },
      );
      this.panel.onDidDispose(() => {
        this.panel = null;
      });
    }
    await this.draw();
  }

  private follow(editor: TextEditor): void {
    const isCode = ["python", "bioql"].includes(editor.document.languageId);
    if (this.panel === null || !isCode) {
      return;
    }
    clearTimeout(this.pause);
    this.pause = setTimeout(async () => {
      this.place = await this.placeOf(editor);
      await this.draw();
    }, PAUSE_MS);
  }

  private async draw(): Promise<void> {
    const client = await this.server.running();
    if (this.panel === null || this.place === null || !client) {
      return;
    }
    try {
      this.circuit = await client.sendRequest<Circuit | null>("bioql/previewCircuit", this.place);
    } catch {
      this.circuit = null;
    }
    this.render(null);
  }

  private async simulate(): Promise<void> {
    const client = await this.server.running();
    const editor = window.activeTextEditor;
    const place = this.place ?? (editor ? await this.placeOf(editor) : null);
    if (place === null || !client) {
      return;
    }
    const answer = (await ask(client, "bioql.simulate", [place])) as { counts?: Counts } | null;
    if (answer?.counts) {
      if (this.panel === null) {
        await this.show(place);
      }
      this.render(answer.counts);
    }
  }

  private render(counts: Counts | null): void {
    if (this.panel !== null) {
      this.panel.webview.html = page(this.circuit, counts, "command:bioql.vscode.simulate");
    }
  }

  private async placeOf(editor: TextEditor): Promise<Place | null> {
    const client = await this.server.running();
    if (!client) {
      return null;
    }
    const converter = client.code2ProtocolConverter;
    return {
      uri: converter.asUri(editor.document.uri),
      position: converter.asPosition(editor.selection.active),
    };
  }
}
