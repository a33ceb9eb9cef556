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

export function page(circuit: Circuit | null, counts: Counts | null, simulate: string): string {
  const body = circuit === null ? nothing() : content(circuit, counts, simulate);
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>
body { color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family); }
blockquote { border-left: 3px solid var(--vscode-textBlockQuote-border); margin: 1em 0; padding-left: 1em; }
svg { max-width: 100%; height: auto; }
td { padding-right: 1em; } td.bar { font-family: monospace; }
code { font-family: var(--vscode-editor-font-family); }
</style></head><body>${body}</body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"']/g,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

function nothing(): string {
  return "<p>Put the cursor into a sentence that is handed to <code>quantum()</code>.</p>";
}

function content(circuit: Circuit, counts: Counts | null, simulate: string): string {
  const lints = circuit.lints.map(
    (lint) => `<li><code>${escapeHtml(lint.code)}</code> ${escapeHtml(lint.message)}</li>`,
  );
  return [
    `<h2>${escapeHtml(circuit.title)}</h2>`,
    `<blockquote>${escapeHtml(circuit.sentence)}</blockquote>`,
    circuit.svg,
    circuit.isRandom ? "<p>Some angles are random: they differ at every run.</p>" : "",
    lints.length > 0 ? `<ul>${lints.join("")}</ul>` : "",
    `<p><a href="${escapeHtml(simulate)}">Simulate locally</a> (free)</p>`,
    counts === null ? "" : histogram(counts),
  ].join("\n");
}

function histogram(counts: Counts): string {
  const rows = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, count]) => sum + count, 0) || 1;
  const most = rows[0]?.[1] ?? 1;
  const lines = rows.slice(0, ROWS_MAX).map(([bits, count]) => {
    const bar = "█".repeat(Math.max(1, Math.round((30 * count) / most)));
    const share = ((100 * count) / total).toFixed(1);
    return `<tr><td><code>${escapeHtml(bits)}</code></td><td class="bar">${bar}</td><td>${count} (${share} %)</td></tr>`;
  });
  const rest = rows.length - lines.length;
  const more = rest > 0 ? `<p>and ${rest} more outcomes</p>` : "";
  return `<h3>${total} simulated shots</h3><table>${lines.join("")}</table>${more}`;
}
