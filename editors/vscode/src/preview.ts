// Shows beside the editor what circuit the sentence at the cursor compiles to.
import {
  commands,
  type Disposable,
  type TextEditor,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { type Circuit, type Counts, page } from "./previewHtml";
import type { Server } from "./server";

const PAUSE_MS = 150;
const METHOD = "bioql/previewCircuit";
const SIMULATE = "bioql.simulate";
const SIMULATE_HERE = "bioql.vscode.simulate";

/** A place in a document as the protocol has it. */
interface Place {
  uri: string;
  position: { line: number; character: number };
}

export class CircuitPreview implements Disposable {
  private panel: WebviewPanel | null = null;
  private place: Place | null = null;
  private circuit: Circuit | null = null;
  private counts: Counts | null = null;
  private drawing = 0;
  private pause: NodeJS.Timeout | undefined;
  private readonly subscriptions: Disposable[];

  constructor(private readonly server: Server) {
    this.subscriptions = [
      commands.registerCommand("bioql.previewCircuit", (place?: Place) => this.show(place)),
      commands.registerCommand("bioql.vscode.previewCircuit", () => this.show()),
      commands.registerCommand(SIMULATE_HERE, () => this.simulate()),
      window.onDidChangeTextEditorSelection((event) => this.follow(event.textEditor)),
      workspace.onDidChangeTextDocument((event) => {
        const editor = window.activeTextEditor;
        if (editor?.document === event.document) {
          this.follow(editor);
        }
      }),
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
    this.place = place ?? (await this.placeOfCursor()) ?? this.place;
    this.open();
    await this.draw();
  }

  /** Shows the counts of a simulation, wherever it was asked for. */
  async onAnswer(command: string, args: unknown[], answer: unknown): Promise<void> {
    const counts = (answer as { counts?: Counts } | null)?.counts;
    if (command !== SIMULATE || counts === undefined) {
      return;
    }
    await this.show(args[0] as Place);
    this.counts = counts;
    this.render();
  }

  private open(): void {
    if (this.panel !== null) {
      this.panel.reveal(undefined, true);
      return;
    }
    this.panel = window.createWebviewPanel(
      "bioql.circuit",
      "BioQL circuit",
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: false, enableCommandUris: [SIMULATE_HERE] },
    );
    this.panel.onDidDispose(() => {
      this.panel = null;
    });
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
    this.drawing += 1;
    const number = this.drawing;
    const client = await this.server.running();
    if (!client) {
      return;
    }
    let circuit: Circuit | null = null;
    let problem: string | null = null;
    try {
      circuit = this.place && (await client.sendRequest<Circuit | null>(METHOD, this.place));
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    // The answer to an older question may come after that to a newer one.
    if (number === this.drawing) {
      if (circuit?.sentence !== this.circuit?.sentence) {
        this.counts = null;
      }
      this.circuit = circuit;
      this.render(problem);
    }
  }

  private async simulate(): Promise<void> {
    const place = this.panel === null ? await this.placeOfCursor() : this.place;
    if (place !== null && (await this.server.running())) {
      await commands.executeCommand(SIMULATE, place);
    }
  }

  private render(problem: string | null = null): void {
    if (this.panel !== null) {
      const simulate = `command:${SIMULATE_HERE}`;
      this.panel.webview.html = page(this.circuit, this.counts, simulate, problem);
    }
  }

  private async placeOfCursor(): Promise<Place | null> {
    const editor = window.activeTextEditor;
    return editor === undefined ? null : this.placeOf(editor);
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
