// The page of the circuit preview. Nothing in it is run: no scripts, no pictures from elsewhere.

/** What the server answers to `bioql/previewCircuit`. */
export interface Circuit {
  svg: string;
  title: string;
  sentence: string;
  numQubits: number;
  isRandom: boolean;
  lints: { code: string; message: string }[];
}

/** Counts of a simulation by bit string. */
export type Counts = Record<string, number>;

const ROWS_MAX = 32;

// The picture follows the theme of the editor, which need not be the one of the system.
const STYLE = `
body { color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size); line-height: 1.5; padding: 0 1.5em 2em; }
h2 { font-size: 1.3em; font-weight: 600; margin: 1em 0 0.6em; }
h3 { font-size: 1.1em; font-weight: 600; margin: 1.5em 0 0.6em; }
blockquote { border-left: 3px solid var(--vscode-textBlockQuote-border);
  background: var(--vscode-textBlockQuote-background); margin: 0.8em 0; padding: 0.4em 1em;
  overflow-wrap: anywhere; }
.circuit { overflow-x: auto; margin: 0.8em -1.2em; }
.circuit svg { display: block; color: var(--vscode-editor-foreground);
  --paper: var(--vscode-editor-background);
  --box: color-mix(in srgb, var(--vscode-textLink-foreground) 25%, var(--paper)); }
ul { padding-left: 1.4em; }
a.run { display: inline-block; padding: 0.3em 1em; border-radius: 2px; text-decoration: none;
  color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
a.run:hover { background: var(--vscode-button-hoverBackground); }
.note { color: var(--vscode-descriptionForeground); }
table { border-collapse: collapse; width: 100%; max-width: 40em; }
td { padding: 0.15em 1em 0.15em 0; white-space: nowrap; }
td.bar { width: 100%; }
td.bar div { height: 0.9em; min-width: 2px; background: var(--vscode-textLink-foreground); }
td.count { text-align: right; padding-right: 0; font-variant-numeric: tabular-nums; }
code { font-family: var(--vscode-editor-font-family); color: inherit; background: none; }`;

/** `problem` says why there is no circuit; `simulate` is the address of the link that runs it. */
export function page(
  circuit: Circuit | null,
  counts: Counts | null,
  simulate: string,
  problem: string | null = null,
): string {
  const body = circuit === null ? nothing(problem) : content(circuit, counts, simulate);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head><body>${body}</body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function nothing(problem: string | null): string {
  if (problem !== null) {
    return `<p>${escapeHtml(problem)}</p>`;
  }
  return "<p>Put the cursor into a sentence that is handed to <code>quantum()</code>.</p>";
}

function content(circuit: Circuit, counts: Counts | null, simulate: string): string {
  const lints = circuit.lints.map(
    (lint) => `<li><code>${escapeHtml(lint.code)}</code> ${escapeHtml(lint.message)}</li>`,
  );
  const run = `<a class="run" href="${escapeHtml(simulate)}">Simulate locally</a>`;
  return [
    `<h2>${escapeHtml(circuit.title)}</h2>`,
    // The picture has the sentence above it.
    circuit.svg
      ? `<div class="circuit">${circuit.svg}</div>`
      : `<blockquote>${escapeHtml(circuit.sentence)}</blockquote>`,
    circuit.isRandom ? "<p>Some angles are random: they differ at every run.</p>" : "",
    lints.length > 0 ? `<ul>${lints.join("")}</ul>` : "",
    circuit.svg ? `<p>${run} <span class="note">free, on this machine</span></p>` : "",
    counts === null ? "" : histogram(counts),
  ].join("\n");
}

function histogram(counts: Counts): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, count]) => sum + count, 0) || 1;
  const most = rows[0]?.[1] || 1;
  const lines = rows.slice(0, ROWS_MAX).map(([bits, count]) => {
    const bar = `<div style="width: ${((100 * count) / most).toFixed(1)}%"></div>`;
    const share = ((100 * count) / total).toFixed(1);
    const cells = `<td class="bar">${bar}</td><td class="count">${grouped(count)} (${share} %)</td>`;
    return `<tr><td><code>${escapeHtml(bits)}</code></td>${cells}</tr>`;
  });
  const rest = rows.length - lines.length;
  const more = rest > 0 ? `<p class="note">and ${grouped(rest)} more outcomes</p>` : "";
  return `<h3>${grouped(total)} simulated shots</h3><table>${lines.join("")}</table>${more}`;
}

function grouped(count: number): string {
  return count.toLocaleString("en-US");
}
