"""The real compiler, in one child process for the whole run."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.support.wheels import wheel

_FILES = ("bioql/compiler.py", "bioql/parser/mega_patterns.py")
_CHILD = Path(__file__).with_name("real_compiler.py")


class RealCompiler:
    """BioQL's compiler, asked over a pipe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin and process.stdout
        self._stdin, self._stdout = process.stdin, process.stdout
        self.vocabulary: dict[str, list[str]] = json.loads(self._stdout.readline())

    def compile_all(self, sentences: list[str]) -> list[dict[str, Any]]:
        """One answer for each sentence, in order."""
        with ThreadPoolExecutor(1) as pool:
            # Written beside the reading: both pipes would fill up and block otherwise.
            written = pool.submit(self._write, sentences)
            answers = [self._read() for _ in sentences]
            written.result()
        return answers

    def _write(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self._stdin.write(json.dumps(sentence) + "\n")
        self._stdin.flush()

    def _read(self) -> dict[str, Any]:
        line = self._stdout.readline()
        assert line, "the real compiler died"
        limit = sys.get_int_max_str_digits()
        sys.set_int_max_str_digits(0)
        try:
            answer: dict[str, Any] = json.loads(line)
        finally:
            sys.set_int_max_str_digits(limit)
        return answer


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealCompiler]:
    folder = tmp_path_factory.mktemp("bioql")
    with zipfile.ZipFile(wheel("7.0.1")) as archive:
        archive.extractall(folder, _FILES)
    with subprocess.Popen(
        [sys.executable, str(_CHILD), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        yield RealCompiler(process)
        assert process.stdin
        process.stdin.close()
        process.wait(timeout=10)
