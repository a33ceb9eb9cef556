"""Inline completion as an editor sees it: keys go to ``bioql-lsp --stdio``, which starts a worker.

Somebody writes a line in the middle of a file, key by key, and the editor asks at each key; what
counts is the time from the last key to the answer for it. The server waits for a pause in typing
before it asks the worker (the debounce). To see what is left without that wait, it is switched off,
and the editor asks at the last key only: the answer to an earlier one would otherwise be there
already. Nothing is typed twice, so no cache of answers has anything.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from bioql_lsp.analysis.brackets import openness
from bioql_lsp.training.corpus.examples import Corpus
from bioql_lsp.training.corpus.files import whole_file
from bioql_lsp.training.corpus.recipes.states import RECIPES as RUNS
from tests.benchmarks.files import program
from tests.benchmarks.lsp_client import LspClient
from tests.benchmarks.worker_editor_figures import EditorFigure
from tests.server.harness import initialize_params

COLD = "first request, worker not running"
WARM = "warm, debounce included"
WARM_AT_ONCE = "warm, without debounce (delayMs 0)"
FILES = 5
LONG_FILE_LINES = 200
KEYS = 5
# An experienced typist: 80 words a minute, 150 ms a key.
KEY_SECONDS = 0.15
_AUTOMATIC = {"triggerKind": 2}
# Behind at least four characters: after an opening bracket or quote, "=", "," or ".".
_BEGINNING = re.compile(r"(?<=\S{4})(?:[(\[{.\"]| = |=|, )(?=[\w\"\[{])")
_PROSE = re.compile(r'#|"""')


@dataclass(frozen=True)
class Typed:
    """A text whose line ``line`` is written up to ``keys``, which come one by one."""

    before: str
    keys: str
    after: str

    def cursor(self, count: int) -> dict[str, int]:
        """Where the cursor stands after so many keys (no character here is wide)."""
        text = self.before + self.keys[:count]
        return {"line": text.count("\n"), "character": len(text) - text.rfind("\n") - 1}


def measure(requests: int) -> list[EditorFigure]:
    """All kinds of sessions; ``requests`` of each warm one."""
    spots = list(islice(_spots(Random(5)), requests + 1))
    cold_count = max(3, requests // 20)
    cold = [ms for spot in spots[:cold_count] for ms in _session([spot])]
    figures = [EditorFigure.of(COLD, cold_count, [ms for ms in cold if ms is not None])]
    for what, is_debounced in ((WARM, True), (WARM_AT_ONCE, False)):
        print(f"worker: {requests} inline completions, {what}", flush=True)
        times = _session(spots, is_debounced=is_debounced)[1:]
        figures.append(EditorFigure.of(what, requests, [ms for ms in times if ms is not None]))
    return figures


def _spots(rng: Random) -> Iterator[Typed]:
    """Places to type, the files in turns: programs of users, and one longer file."""
    corpus = Corpus("train")
    while True:
        texts = [
            whole_file(rng, [corpus.sample_of(rng.choice(RUNS), rng) for _ in range(3)])
            for _ in range(FILES - 1)
        ]
        for text in (*texts, program(LONG_FILE_LINES)):
            yield _spot(rng, text)


def _spot(rng: Random, text: str) -> Typed:
    """A line of code, written up to where a word or a value begins; the editor closes brackets."""
    lines = text.split("\n")
    places = [
        (number, match.end())
        for number, line in enumerate(lines)
        if not _PROSE.search(line) and not openness(line, 0, len(line)).closers
        for match in _BEGINNING.finditer(line)
    ]
    number, cut = rng.choice(places)
    line = lines[number]
    before = "\n".join([*lines[:number], line[: cut - KEYS]])
    closers = openness(line, 0, cut).closers
    return Typed(before, line[cut - KEYS : cut], "\n".join([closers, *lines[number + 1 :]]))


def _session(spots: list[Typed], *, is_debounced: bool = True) -> list[float | None]:
    """Type at every place in one session; ms to each suggestion, None where there was none."""
    settings = {} if is_debounced else {"inlineCompletion": {"delayMs": 0}}
    asked_keys = KEYS if is_debounced else 1
    with _editor(settings) as client:
        return [_type(client, number, spot, asked_keys) for number, spot in enumerate(spots)]


def _type(client: LspClient, number: int, spot: Typed, asked_keys: int) -> float | None:
    """Type in a file of its own, asking at so many of the last keys."""
    uri = f"file:///workspace/program{number}.py"
    text = spot.before + spot.after
    item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})
    client.diagnostics(uri, 1)
    asked: list[int] = []
    pressed_at = 0.0
    for count in range(1, KEYS + 1):
        time.sleep(KEY_SECONDS)
        pressed_at = _press(client, uri, spot, count)
        if count > KEYS - asked_keys:
            place = {"textDocument": {"uri": uri}, "position": spot.cursor(count)}
            parameters = {**place, "context": _AUTOMATIC}
            asked.append(client.send("textDocument/inlineCompletion", parameters))
    last = [client.answer(identifier) for identifier in asked][-1]
    client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
    is_suggested = bool(last.message["result"]["items"])
    return (last.arrived_at - pressed_at) * 1000 if is_suggested else None


def _press(client: LspClient, uri: str, spot: Typed, count: int) -> float:
    """Press one of the keys; when."""
    at = spot.cursor(count - 1)
    change = {"range": {"start": at, "end": at}, "text": spot.keys[count - 1]}
    document = {"uri": uri, "version": count + 1}
    parameters = {"textDocument": document, "contentChanges": [change]}
    return client.notify("textDocument/didChange", parameters)


@contextmanager
def _editor(settings: dict[str, Any]) -> Iterator[LspClient]:
    """A server in a place of its own, without a worker yet; both end with the block."""
    with tempfile.TemporaryDirectory(prefix="bioql") as name:
        folder = Path(name)
        kept = {key: text for key, text in os.environ.items() if not key.startswith("BIOQL_")}
        own = {"BIOQL_RUNTIME_DIR": str(folder / "run"), "BIOQL_DATA_DIR": str(folder / "data")}
        program_path = Path(sys.executable).with_name("bioql-lsp")
        both = {"bioql": {"mode": "local", **settings}}
        client = LspClient((str(program_path), "--stdio"), kept | own, both, folder)
        try:
            client.request("initialize", _parameters(folder, both))
            client.notify("initialized", {})
            yield client
        finally:
            client.close()


def _parameters(folder: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """What a real editor sends, findings pushed, inline completion known."""
    parameters = initialize_params("vscode")
    of_documents = parameters["capabilities"]["textDocument"]
    of_documents.pop("diagnostic", None)
    of_documents["inlineCompletion"] = {}
    parameters["capabilities"]["workspace"].pop("diagnostics", None)
    root = {"uri": folder.as_uri(), "name": folder.name}
    return {
        **parameters,
        "processId": None,
        "rootPath": str(folder),
        "rootUri": root["uri"],
        "workspaceFolders": [root],
        "initializationOptions": settings,
    }
