// The money as text: pure functions from what the server said to what the user reads.
import type { State, Status, Usage } from "./protocol";

const NANO_DIGITS = 9;

/** `amount` (a decimal string in USD) with `digits` decimals, cut off, never rounded up. */
export function formatUsd(amount: string, digits: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount);
  if (!match) {
    return `$${amount}`;
  }
  const [, sign = "", whole = "0", fraction = ""] = match;
  const decimals = fraction.padEnd(NANO_DIGITS, "0").slice(0, digits);
  return digits > 0 ? `${sign}$${whole}.${decimals}` : `${sign}$${whole}`;
}

/** What is shown of the money: the last status and the last usage, if any came. */
export interface Money {
  status: Status | null;
  usage: Usage | null;
}

export type Severity = "none" | "warning" | "error";

const LOOKS: Record<State, { icon: string; severity: Severity; label: string }> = {
  ready: { icon: "beaker", severity: "none", label: "" },
  loading: { icon: "loading~spin", severity: "none", label: "loading" },
  busy: { icon: "sync~spin", severity: "none", label: "" },
  offline: { icon: "debug-disconnect", severity: "warning", label: "offline" },
  out_of_credit: { icon: "credit-card", severity: "error", label: "out of credit" },
  rate_limited: { icon: "watch", severity: "warning", label: "rate limited" },
};

/** The status bar's text and how loud it is. */
export function statusText(money: Money): { text: string; severity: Severity } {
  const look = LOOKS[money.status?.state ?? "ready"] ?? LOOKS.ready;
  const parts = [`$(${look.icon}) BioQL`];
  if (look.label) {
    parts.push(look.label);
  }
  if (money.usage) {
    parts.push(formatUsd(money.usage.sessionUsd, 6));
    if (money.usage.balanceUsd !== null) {
      parts.push(`${formatUsd(money.usage.balanceUsd, 2)} left`);
    }
  }
  return { text: parts.join("  "), severity: look.severity };
}

/** One line of the cost log, in columns. */
export function costLine(time: string, usage: Usage): string {
  const tokens = `${usage.promptTokens}+${usage.completionTokens} tokens`;
  const columns = [
    time,
    usage.kind.padEnd(9),
    (usage.cached ? "cached" : usage.finish).padEnd(9),
    formatUsd(usage.costUsd, 6).padStart(10),
    `session ${formatUsd(usage.sessionUsd, 6)}`,
    usage.balanceUsd === null ? "" : `balance ${formatUsd(usage.balanceUsd, 6)}`,
    tokens.padStart(15),
    `${usage.engineSeconds.toFixed(3)} s`.padStart(9),
    usage.model,
  ];
  return columns.filter((column) => column !== "").join("  ");
}

/** The tooltip's Markdown. Text of the server stands in it escaped. */
export function tooltipMarkdown(money: Money): string {
  const lines = ["**BioQL**"];
  if (money.status) {
    lines.push(escapeMarkdown(money.status.message || money.status.state));
  }
  if (money.usage) {
    lines.push(usageTable(money.usage));
  } else {
    lines.push("Nothing asked yet in this session: nothing spent.");
  }
  return lines.join("\n\n");
}

function usageTable(usage: Usage): string {
  const cached = usage.cached ? " (from the cache)" : "";
  const rows = [
    ["This session", formatUsd(usage.sessionUsd, 9)],
    ["Last request", `${formatUsd(usage.costUsd, 9)} · ${usage.kind}${cached}`],
    ["Engine time", `${usage.engineSeconds.toFixed(3)} s · ${usage.model}`],
    ["Tokens", `${usage.promptTokens} in, ${usage.completionTokens} out`],
  ];
  if (usage.balanceUsd !== null) {
    rows.splice(1, 0, ["Balance", formatUsd(usage.balanceUsd, 9)]);
  }
  const body = rows.map((row) => `| ${row.map((cell) => escapeMarkdown(cell)).join(" | ")} |`);
  return ["| | |", "|:--|--:|", ...body].join("\n");
}

/** `text` such that Markdown shows it as it is. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~$-]/g, "\\$&").replace(/\r?\n/g, " ");
}
