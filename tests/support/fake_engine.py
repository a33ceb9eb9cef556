"""A scripted, deterministic engine: what it does is written into the request.

Words in square brackets anywhere in the task's text command it, the last of a kind wins:

    [hang]          after the first piece, wait until cancelled
    [slow]          pause a little before every piece
    [endless]       go on until cancelled or out of tokens
    [crash]         raise, with a text that must never reach a client
    [crash-late]    the same after the first piece
    [nan]           raise NonFiniteLogitsError
    [long]          raise PromptTooLongError
    [exit]          end the process as a crash would
    [garbage]       answer with what is no Python
    [unbound]       answer with a BioQL name that does not exist
    [fence]         answer in a Markdown fence, with talk around it
    [say:TEXT]      answer TEXT (``\\n`` is a line end)
    [prompt=SECONDS] [seconds=SECONDS]   engine time of the prompt, and of prompt and answer

Time is a clock that this engine alone moves, so costs are the same on every machine: 0.1 s for a
prompt and 0.02 s for a piece where the request does not say.

``load`` is "fail" for a model that cannot be loaded, or the path of a FIFO: loading then lasts
until somebody has opened it for writing and closed it.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from bioql_lsp.worker.engines.base import (
    Infill,
    Instruct,
    ModelFormatError,
    NonFiniteLogitsError,
    Piece,
    ProgressReport,
    PromptTooLongError,
    Repair,
    Sampling,
    Task,
)

PAUSE_SECONDS = 0.02
PROMPT_NS = 100_000_000
PIECE_NS = 20_000_000
SECRET_TEXT = "secret-of-the-engine /srv/models bioql_live_leak"  # no client may ever see it

GENERATED = (
    "import os\n\nfrom bioql import quantum\n\n"
    'result = quantum("Create a Bell state", backend="ibm_torino",'
    ' shots=100, api_key=os.environ["BIOQL_API_KEY"])\n'
)


class ManualClock:
    """Nanoseconds that pass only when told to."""

    def __init__(self) -> None:
        self._now_ns = 1_000_000_000
        self._lock = threading.Lock()

    def __call__(self) -> int:
        with self._lock:
            return self._now_ns

    def advance(self, duration_ns: int) -> None:
        with self._lock:
            self._now_ns += duration_ns


class FakeEngine:
    """See the module's text."""

    def __init__(self, clock: ManualClock, load: str = "") -> None:
        self.name = "fake"
        self.model = "fake-model"
        self.revision = "1"
        self.context_tokens_max = 100_000
        self.tasks: list[Task] = []
        self._clock = clock
        self._load = load

    def load(self, report: ProgressReport) -> None:
        report(0.5, "half way")
        if self._load == "fail":
            raise ModelFormatError("no model in this test")
        if self._load:
            Path(self._load).read_bytes()
        report(1.0, "loaded")

    def prompt_tokens(self, task: Task, max_new_tokens: int) -> list[int]:
        text = text_of(task)
        if "[long]" in text:
            raise PromptTooLongError(SECRET_TEXT)
        return list(range(len(text.split())))

    def generate(
        self, prompt: list[int], task: Task, sampling: Sampling, is_cancelled: Callable[[], bool]
    ) -> Iterator[Piece]:
        self.tasks.append(task)
        text = text_of(task)
        _fail(text)
        prompt_ns, total_ns = _times_ns(text)
        self._clock.advance(prompt_ns)
        pieces = self._pieces(text, task)
        for number, piece in enumerate(pieces, 1):
            if is_cancelled():
                yield Piece("", number - 1, "cancelled")
                return
            if total_ns is None:
                self._clock.advance(PIECE_NS)
            elif number == len(pieces):
                self._clock.advance(total_ns - prompt_ns)
            is_last = number == len(pieces) and "[endless]" not in text
            if number == sampling.max_new_tokens and not is_last:
                yield Piece(piece, number, "length")
                return
            yield Piece(piece, number, "stop" if is_last else None)
            _linger(text, is_cancelled)

    def _pieces(self, text: str, task: Task) -> list[str]:
        if "[endless]" in text:
            return ["x = 1\n"] * 4096
        if (said := _last(r"\[say:(.*?)\]", text)) is not None:
            answer = said.replace("\\n", "\n")
        elif "[garbage]" in text:
            answer = "def (:\n  ]]]"
        elif "[unbound]" in text:
            answer = "import bioql\n\nbioql.no_such_thing()"
        else:
            answer = _canned(task)
        if "[fence]" in text:
            answer = f"Sure, here it is:\n```python\n{answer}\n```\nThat makes a Bell state."
        return re.findall(r"\S+\s*|\s+", answer) or [""]


def text_of(task: Task) -> str:
    """Everything that a request wrote."""
    if isinstance(task, Infill):
        return f"{task.prefix}\n{task.suffix}"
    if isinstance(task, Instruct):
        return f"{task.context}\n{task.instruction}"
    return "\n".join([task.code, *task.problems])


def _canned(task: Task) -> str:
    if isinstance(task, Infill):
        return "shots=100" if task.prefix.rstrip().endswith((",", "(")) else "value = 1"
    if isinstance(task, Repair):
        return "value = 1"
    return GENERATED


def _fail(text: str) -> None:
    if "[crash]" in text:
        raise RuntimeError(SECRET_TEXT)
    if "[nan]" in text:
        raise NonFiniteLogitsError(SECRET_TEXT)
    if "[exit]" in text:
        os._exit(70)


def _linger(text: str, is_cancelled: Callable[[], bool]) -> None:
    if "[crash-late]" in text:
        raise RuntimeError(SECRET_TEXT)
    pause = threading.Event()
    if "[slow]" in text:
        pause.wait(PAUSE_SECONDS)
    while "[hang]" in text and not is_cancelled():
        pause.wait(PAUSE_SECONDS)


def _times_ns(text: str) -> tuple[int, int | None]:
    prompt, total = _last(r"\[prompt=([\d.]+)\]", text), _last(r"\[seconds=([\d.]+)\]", text)
    total_ns = None if total is None else int(Decimal(total) * 1_000_000_000)
    prompt_ns = PROMPT_NS if prompt is None else int(Decimal(prompt) * 1_000_000_000)
    return (prompt_ns if total_ns is None else min(prompt_ns, total_ns)), total_ns


def _last(pattern: str, text: str) -> str | None:
    found = re.findall(pattern, text)
    return found[-1] if found else None
