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
  const html = page({ ...circuit, svg: "" }, null, "command:x");
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
  assert.match(html, /1,000 simulated shots/);
});

test("of many outcomes only the first are drawn", () => {
  const counts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [String(i), 1]));
  assert.match(page(circuit, counts, "command:x"), /and 8 more outcomes/);
});

test("every character that means something in HTML is escaped", () => {
  assert.equal(escapeHtml(`<>&"'`), "&#60;&#62;&#38;&#34;&#39;");
});

test("why there is no circuit is said, as text", () => {
  const html = page(null, null, "command:x", "A part of <it> is unknown.");
  assert.match(html, /A part of &#60;it&#62; is unknown\./);
  assert.ok(!html.includes("Put the cursor"));
});

test("where nothing is compiled nothing can be simulated", () => {
  assert.ok(page(circuit, null, "command:x").includes('href="command:x"'));
  assert.ok(!page({ ...circuit, svg: "" }, null, "command:x").includes("command:x"));
});
