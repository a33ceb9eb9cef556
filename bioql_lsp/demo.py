"""``bioql-lsp demo``: the main job end to end, with real processes, spoken to as an editor does.

A worker with the embedded model and a demo ledger in a scratch folder, the language server over
stdio, a sample file: its diagnostics, a completion list, a quick fix, a generated answer, an inline
completion, and what each cost.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bioql_lsp.demo_editor import CAPABILITIES, DemoEditor, DemoError
from bioql_lsp.jsonrpc import RemoteError, ServerGoneError
from bioql_lsp.text import Document

# The key of the demo ledger that this command makes; it opens nothing else.
DEMO_KEY = "bioql_test_870ce7ae"

SAMPLE_URI = "file:///demo/entangle.py"
SAMPLE = '''\
"""Entangle two qubits and look at the counts."""

from bioql import quantum

result = quantum(
    "Create a Bell state",
    backend="torino",
    num_shots=100,
)
print(result.counts)
'''
COMPLETION_MARK = 'backend="torino"'
INSTRUCTION = "predict ADME of caffeine"

INLINE_URI = "file:///demo/half_written.py"
INLINE_BEFORE = """\
import os

from bioql import quantum

result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    """
INLINE_AFTER = "\n)\nprint(result.counts)\n"


@dataclass
class DemoReport:
    """What the demo saw, in the order in which it saw it. Amounts are decimal strings in USD."""

    diagnostics: list[dict[str, Any]] = field(default_factory=list)
    completion: list[dict[str, Any]] = field(default_factory=list)
    fix_title: str = ""
    fixed: str = ""
    generated: str = ""
    inline: str = ""
    costs_usd: list[str] = field(default_factory=list)
    balance_before_usd: str = ""
    balance_after_usd: str = ""


def run(output_format: str = "text") -> int:
    """Run the demo and print it as ``text`` or ``json``; the exit status is 0 when all worked."""
    from bioql_lsp.demo_view import show  # noqa: PLC0415  the JSON form draws nothing

    console = Console(stderr=output_format == "json")
    try:
        with _progress(console) as progress, tempfile.TemporaryDirectory() as scratch:
            report = _Demo(Path(scratch), progress).run()
    except (DemoError, RemoteError, ServerGoneError) as error:
        console.print(f"[red]The demo stopped:[/red] {error}")
        return 1
    if output_format == "json":
        sys.stdout.write(json.dumps(asdict(report), indent=2) + "\n")
    else:
        show(report, SAMPLE, INSTRUCTION, INLINE_BEFORE, console)
    return 0


@contextlib.contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield progress


class _Demo:
    """The steps, one method each."""

    def __init__(self, scratch: Path, progress: Progress) -> None:
        self._scratch = scratch
        self._progress = progress
        self._task = progress.add_task("Starting")
        self._report = DemoReport()

    def run(self) -> DemoReport:
        with contextlib.ExitStack() as stack:
            worker_url = self._start_worker(stack)
            environment = os.environ | {
                "BIOQL_WORKER_URL": worker_url,
                "BIOQL_API_KEY": DEMO_KEY,
                "BIOQL_DATA_DIR": str(self._scratch / "data"),
                "BIOQL_RUNTIME_DIR": str(self._scratch / "runtime"),
            }
            editor = DemoEditor(environment)
            stack.callback(editor.server.close)
            self._initialize(editor)
            self._look_at_sample(editor)
            self._report.balance_before_usd = _balance(editor)
            self._quick_fix(editor)
            self._generate(editor)
            self._inline(editor)
            self._report.balance_after_usd = _balance(editor)
        return self._report

    def _say(self, what: str) -> None:
        self._progress.update(self._task, description=what)

    def _start_worker(self, stack: contextlib.ExitStack) -> str:
        ledger = f"sqlite:///{self._scratch / 'ledger.sqlite3'}"
        self._say("Opening a demo ledger with 10.00 USD")
        billing = [sys.executable, "-P", "-m", "billing", "--ledger", ledger, "init", "--demo"]
        made = subprocess.run(billing, capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise DemoError(f"bioql-billing init failed: {made.stderr.strip()}")
        self._say("Starting the worker with the embedded model")
        command = [
            sys.executable,
            "-P",
            "-m",
            "bioql_lsp.worker.cli",
            "serve",
            "--host",
            "127.0.0.1",
        ]
        log = stack.enter_context((self._scratch / "worker.log").open("w+"))
        worker = subprocess.Popen(
            [*command, "--port", "0", "--ledger", ledger],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        stack.callback(worker.wait)
        stack.callback(worker.terminate)
        assert worker.stdout is not None
        line = worker.stdout.readline()
        if not line:
            log.seek(0)
            raise DemoError(f"the worker did not start: {log.read().strip()}")
        return str(json.loads(line)["url"])

    def _initialize(self, editor: DemoEditor) -> None:
        self._say("Starting the language server")
        editor.server.request(
            "initialize",
            {"processId": os.getpid(), "rootUri": None, "capabilities": CAPABILITIES},
        )
        editor.server.notify("initialized", {})

    def _look_at_sample(self, editor: DemoEditor) -> None:
        self._say("Reading the sample")
        editor.open(SAMPLE_URI, SAMPLE)
        self._report.diagnostics = editor.diagnostics(SAMPLE_URI)
        inside_backend = SAMPLE.index(COMPLETION_MARK) + len('backend="')
        answer = editor.server.request(
            "textDocument/completion", _place(SAMPLE_URI, SAMPLE, inside_backend)
        )
        items = answer["items"] if isinstance(answer, dict) else answer
        self._report.completion = [
            {"label": item["label"], "detail": item.get("detail", "")} for item in items
        ]

    def _quick_fix(self, editor: DemoEditor) -> None:
        self._say("Applying a quick fix")
        diagnostic = next(d for d in self._report.diagnostics if d["code"] == "BQ002")
        actions = editor.server.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": SAMPLE_URI},
                "range": diagnostic["range"],
                "context": {"diagnostics": [diagnostic], "only": ["quickfix"]},
            },
        )
        action = next(a for a in actions if a.get("edit") and a.get("isPreferred"))
        editor.apply(action["edit"])
        self._report.fix_title = action["title"]
        self._report.fixed = editor.texts[SAMPLE_URI]
        editor.diagnostics(SAMPLE_URI)

    def _generate(self, editor: DemoEditor) -> None:
        self._say("Asking the model to write code")
        uri = "file:///demo/new_file.py"
        editor.open(uri, "")
        argument = {
            "uri": uri,
            "position": {"line": 0, "character": 0},
            "instruction": INSTRUCTION,
        }
        result = editor.server.request(
            "workspace/executeCommand", {"command": "bioql.generate", "arguments": [argument]}
        )
        self._book(editor)
        self._report.generated = result["code"]
        if not result["code"]:
            raise DemoError(f"no answer to {INSTRUCTION!r}: {result['message']}")

    def _inline(self, editor: DemoEditor) -> None:
        self._say("Asking the model to complete a call")
        text = INLINE_BEFORE + INLINE_AFTER
        editor.open(INLINE_URI, text)
        place = _place(INLINE_URI, text, len(INLINE_BEFORE))
        answer = editor.server.request(
            "textDocument/inlineCompletion", {**place, "context": {"triggerKind": 1}}
        )
        self._book(editor)
        items = answer["items"] if isinstance(answer, dict) else answer or []
        self._report.inline = items[0]["insertText"] if items else ""

    def _book(self, editor: DemoEditor) -> None:
        usage = editor.server.notification("bioql/usage")
        self._report.costs_usd.append(usage["costUsd"])


def _balance(editor: DemoEditor) -> str:
    answer = editor.server.request("workspace/executeCommand", {"command": "bioql.balance"})
    return str(Decimal(answer["balance_usd"]))


def _place(uri: str, text: str, offset: int) -> dict[str, Any]:
    position = Document(text).position(offset)
    return {"textDocument": {"uri": uri}, "position": asdict(position)}
