// What the server says beyond the standard protocol.
import { NotificationType } from "vscode-languageclient/node";

/** One request's cost, after it was booked. Amounts are decimal strings in USD. */
export interface Usage {
  id: string;
  kind: string;
  finish: string;
  costUsd: string;
  sessionUsd: string;
  balanceUsd: string | null;
  promptTokens: number;
  completionTokens: number;
  engineSeconds: number;
  cached: boolean;
  model: string;
}

export type State = "ready" | "loading" | "busy" | "offline" | "out_of_credit" | "rate_limited";

/** How the worker is, with a command that the user can act on. */
export interface Status {
  state: State;
  message: string;
  command: { title: string; command: string; arguments?: unknown[] | null } | null;
}

export const usageNotification = new NotificationType<Usage>("bioql/usage");
export const statusNotification = new NotificationType<Status>("bioql/status");
