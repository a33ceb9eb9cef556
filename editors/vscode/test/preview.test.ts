import assert from "node:assert/strict";
import { test } from "node:test";
import { escapeHtml, page } from "../src/previewHtml";

const circuit = {
  svg: "<svg><title>c</title></svg>",
  title: "2 qubits",
  sentence: '<img src=x onerror="alert(1)">',
  numQubits: 2,
  isRandom: true,
  lints: [{ code: "NL001", message: "a < b" }],
};

test("what a user wrote is never markup", () => {
  const html = page(circuit, null, "command:x");
  assert.ok(!html.includes("<img"));
  assert.ok(html.includes("&#60;img"));
  assert.ok(html.includes("a &#60; b"));
  assert.ok(html.includes("default-src 'none'"));
});

test("a preview without a sentence says where to put the cursor", () => {
  assert.match(page(null, null, "command:x"), /Put the cursor/);
});

test("counts are drawn as bars with the most frequent first", () => {
  const html = page(circuit, { "00": 300, "11": 700 }, "command:x");
  assert.ok(html.indexOf("11") < html.indexOf("00", html.indexOf("<table>")));
  assert.match(html, /700 \(70\.0 %\)/);
  assert.match(html, /1000 simulated shots/);
});

test("of many outcomes only the first are drawn", () => {
  const counts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [String(i), 1]));
  assert.match(page(circuit, counts, "command:x"), /and 8 more outcomes/);
});

test("every character that means something in HTML is escaped", () => {
  assert.equal(escapeHtml(`<>&"'`), "&#60;&#62;&#38;&#34;&#39;");
});
