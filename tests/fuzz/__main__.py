"""Mutates programs and sentences for a while and reports everything that goes wrong.

``python -m tests.fuzz [MINUTES] [SEED]``: exit status 1 where something did. Wrong is: an
exception, a rule or lint that fails inside, a finding outside the text, findings after an edit
that are not those of the whole text, or an answer that takes longer than ``SLOW_SECONDS``.
"""

from __future__ import annotations

import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable

from bioql_lsp.analysis.analysis import Analysis, analyse
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.diagram import to_text
from bioql_lsp.analysis.program.hover import sentence_hover
from bioql_lsp.analysis.program.lints import LINTS, lints
from bioql_lsp.analysis.program.phrases import complete as complete_phrase
from bioql_lsp.analysis.program.svg import to_svg
from bioql_lsp.analysis.program.words import words
from bioql_lsp.analysis.registry import rules
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span

SLOW_SECONDS = 5.0
LENGTH_MAX = 6_000
PROGRAMS = sorted({e for rule in rules() for e in (*rule.bad, *rule.good)})
SENTENCES = sorted({s for info in LINTS for s in (*info.bad, *info.good)})
PIECES = [
    "\n", "\r\n", "\r", "\t", " ", "(", ")", "[", "]", "{", "}", '"', "'", '"""', "'''", "#", "\\",
    "\\\n", "\0", "\ud83d", "🧬", "\u202e", "\ufeff", "İ", "٣", "e" * 300, "9" * 50, "=", ",", ":",
    ".", "*", "**", "->", "@", "def ", "class ", "import ", "from bioql import ", "async ",
    "await ",
    "lambda: ", "if x:\n", "else:\n", "f'", "rb'", "{x!r}", "quantum(", "KEY", "result", ".counts",
    "bioql", "as q", "# bioql: ignore[BQ008]", "# bioql: ignore-file", "pi/2", "1e-3", " qubits",
    "measure all", "apply hadamard", "SMILES CCO", "PDB 6B3J", "guide GATACCATGATCACGAAGGT",
]  # fmt: skip


class Fuzzer:
    """Runs targets on mutated input until its time is over."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._analysis: Analysis = analyse("")
        self.runs: Counter[str] = Counter()
        self.problems: dict[str, str] = {}

    def run(self, seconds: float) -> None:
        """Fuzz for so long."""
        handler = _Listener(self)
        logging.getLogger("bioql_lsp").addHandler(handler)
        logging.getLogger("bioql_lsp").propagate = False
        end = time.monotonic() + seconds
        targets = [self._edits, self._repairs, self._sentence, self._candidate]
        while time.monotonic() < end:
            target = self._random.choice(targets)
            text = self._mutated(SENTENCES if target == self._sentence else PROGRAMS)
            self._try(target, text)

    def note(self, what: str, text: str) -> None:
        """Remember a problem with the first input that shows it."""
        if what not in self.problems:
            self.problems[what] = text
            print(f"\n{what}\n  {text!r}", flush=True)

    def _try(self, target: Callable[[str], None], text: str) -> None:
        self.current = text
        started = time.monotonic()
        try:
            target(text)
        except Exception as error:
            frame = error.__traceback__
            while frame is not None and frame.tb_next is not None:
                frame = frame.tb_next
            where = f"{frame.tb_frame.f_code.co_qualname}:{frame.tb_lineno}" if frame else "?"
            self.note(f"{target.__name__}: {type(error).__name__} in {where}: {error}", text)
        took = time.monotonic() - started
        if took > SLOW_SECONDS:
            self.note(f"{target.__name__}: slow", text)
        self.runs[target.__name__] += 1

    def _mutated(self, corpus: list[str]) -> str:
        text = self._random.choice(corpus)
        for _ in range(self._random.choice([0, 1, 1, 2, 3, 8])):
            start = self._random.randint(0, len(text))
            end = min(len(text), start + self._random.choice([0, 0, 1, 3, 20]))
            kind = self._random.random()
            if kind < 0.7:
                new = self._random.choice(PIECES)
            elif kind < 0.9:
                other = self._random.choice(corpus)
                cut = self._random.randint(0, len(other))
                new = other[cut : cut + self._random.randint(1, 80)]
            else:
                new = text[start:end] * self._random.choice([2, 5, 50])
            text = (text[:start] + new + text[end:])[:LENGTH_MAX]
        return text

    def _edits(self, text: str) -> None:
        """An analysis from edit to edit is that of the text alone."""
        self._analysis = analyse(text, before=self._analysis)
        found = self._analysis.findings
        assert found == analyse(text).findings, "the findings depend on the text before"
        assert all(0 <= f.span.start <= f.span.end <= len(text) for f in found), "span"
        self._analysis.module_at(self._random.randint(0, len(text)))

    def _repairs(self, text: str) -> None:
        """Fixes end, change nothing when applied again, and break nothing."""
        fixed = fix_all(text)
        assert fix_all(fixed) == fixed, "fixing again changes more"
        if not parse(text).is_broken:
            assert not parse(fixed).is_broken, "a fix broke the text"

    def _sentence(self, text: str) -> None:
        """Everything that is said about a sentence."""
        compiled = compile_sentence(text)
        to_text(compiled)
        if compiled.operation_count < 20_000:
            to_svg(compiled)
        mode = self._random.choice([None, None, "crispr"])
        for lint in lints(text, mode=mode, backend=self._random.choice([None, "ibm_torino"])):
            assert 0 <= lint.start <= lint.end <= len(text), lint.code
        for word in words(text):
            assert 0 <= word.start < word.end <= len(text), word.kind
        at = self._random.randint(0, len(text))
        complete_phrase(text[:at])
        sentence_hover(text, at, mode=mode)

    def _candidate(self, text: str) -> None:
        """An answer is judged in any buffer."""
        at = self._random.randint(0, len(text))
        verify(text[:at] + text[at:], Span(at, at), self._mutated(PROGRAMS)[:400])


class _Listener(logging.Handler):
    """A rule or lint that fails is caught and logged: that is a problem here."""

    def __init__(self, fuzzer: Fuzzer) -> None:
        super().__init__()
        self._fuzzer = fuzzer

    def emit(self, record: logging.LogRecord) -> None:
        """Note it with the text that was being worked on."""
        self._fuzzer.note(f"logged: {record.getMessage()}", self._fuzzer.current)


def main() -> int:
    """Run; returns the exit status."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns() % 1_000_000
    fuzzer = Fuzzer(seed)
    print(f"seed {seed}, {minutes:g} minutes")
    fuzzer.run(minutes * 60)
    counts = ", ".join(f"{name.strip('_')} {count}" for name, count in fuzzer.runs.items())
    print(f"\n{sum(fuzzer.runs.values())} runs ({counts}), {len(fuzzer.problems)} problems")
    return 1 if fuzzer.problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
