import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { originOf } from "../src/keys";
import { locate } from "../src/locate";
import { nested } from "../src/nesting";

const folder = mkdtempSync(join(tmpdir(), "bioql-"));
const program = join(folder, "bioql-lsp");
writeFileSync(program, "#!/bin/sh\n");
chmodSync(program, 0o755);
writeFileSync(join(folder, "plain"), "");
mkdirSync(join(folder, "directory"));
after(() => rmSync(folder, { recursive: true }));

test("a name is looked for on the path", () => {
  assert.equal(locate("bioql-lsp", ["/nowhere", folder].join(delimiter), "linux"), program);
});

test("an absolute path is taken as it is", () => {
  assert.equal(locate(program, "", "linux"), program);
});

test("what is absent, not a program or a folder is not found", () => {
  for (const name of ["absent", "plain", "directory"]) {
    assert.equal(locate(name, folder, "linux"), null);
  }
});

test("a relative folder on the path is never searched: a cloned repository could fill it", () => {
  assert.equal(locate("bioql-lsp", `.${delimiter}`, "linux"), null);
});

test("a key belongs to scheme, host and port", () => {
  assert.equal(originOf("https://worker.example/v1?x=1"), "https://worker.example");
  assert.equal(originOf("http://127.0.0.1:8080/"), "http://127.0.0.1:8080");
  assert.notEqual(originOf("https://worker.example:444"), originOf("https://worker.example"));
});

test("there is no origin without a worker elsewhere", () => {
  for (const url of ["", "not a url", "http+unix:/run/worker.sock"]) {
    assert.equal(originOf(url), null);
  }
});

test("dotted settings travel as nested objects", () => {
  assert.deepEqual(
    nested([
      ["mode", "remote"],
      ["inlineCompletion.enabled", false],
      ["inlineCompletion.delayMs", 50],
    ]),
    { mode: "remote", inlineCompletion: { enabled: false, delayMs: 50 } },
  );
});
