import assert from "node:assert/strict";
import { test } from "node:test";
import { costLine, escapeMarkdown, formatUsd, statusText, tooltipMarkdown } from "../src/money";
import type { Status, Usage } from "../src/protocol";

const usage: Usage = {
  id: "request-1",
  kind: "generate",
  finish: "stop",
  costUsd: "0.000855555",
  sessionUsd: "0.001711110",
  balanceUsd: "9.998288890",
  promptTokens: 210,
  completionTokens: 48,
  engineSeconds: 2,
  cached: false,
  model: "bioql-mini",
};
const offline: Status = {
  state: "offline",
  message: "The worker does not answer.",
  command: { title: "Restart worker", command: "bioql.restartWorker" },
};

test("an amount is cut, never rounded up, and never goes through a float", () => {
  assert.equal(formatUsd("9.999999999", 2), "$9.99");
  assert.equal(formatUsd("0.000855555", 6), "$0.000855");
  assert.equal(formatUsd("12345678901234567.123456789", 9), "$12345678901234567.123456789");
  assert.equal(formatUsd("10", 2), "$10.00");
  assert.equal(formatUsd("-0.5", 2), "-$0.50");
  assert.equal(formatUsd("7", 0), "$7");
});

test("the status bar shows the session's cost and the balance", () => {
  const { text, severity } = statusText({ status: null, usage });
  assert.equal(text, "$(beaker) BioQL  $0.001711  $9.99 left");
  assert.equal(severity, "none");
});

test("a worker that can't be asked is named in a warning colour", () => {
  assert.deepEqual(statusText({ status: offline, usage: null }), {
    text: "$(debug-disconnect) BioQL  offline",
    severity: "warning",
  });
});

test("an empty account is an error", () => {
  const status: Status = { ...offline, state: "out_of_credit" };
  assert.equal(statusText({ status, usage }).severity, "error");
});

test("a line of the log holds what a request cost and what is left", () => {
  assert.equal(
    costLine("12:00:00", usage),
    "12:00:00  generate   stop        $0.000855  session $0.001711  balance $9.998288" +
      "    210+48 tokens    2.000 s  bioql-mini",
  );
});

test("a cached answer says so", () => {
  assert.match(
    costLine("12:00:00", { ...usage, cached: true, costUsd: "0" }),
    /cached +\$0\.000000/,
  );
});

test("text of the server can't put links into the tooltip", () => {
  const status: Status = { ...offline, message: "[x](command:evil) <b>" };
  const text = tooltipMarkdown({ status, usage });
  assert.ok(text.includes("\\[x\\]\\(command:evil\\) \\<b\\>"));
  assert.equal(escapeMarkdown("a\nb"), "a b");
});
