"""A scripted, deterministic engine: what it does is written into the request.

Words in square brackets anywhere in the task's text command it, the last of a kind wins:

    [hang]          after the first piece, wait until cancelled
    [slow]          pause a little before every piece
    [endless]       go on until cancelled or out of tokens
    [crash]         raise, with a text that must never reach a client
    [crash-late]    the same after the first piece
    [broken]        fail for every answer that is being written, as a GPU does
    [nan]           raise NonFiniteLogitsError
    [long]          raise PromptTooLongError
    [cut]           say that not all of the buffer fitted
    [exit]          end the process as a crash would
    [garbage]       answer with what is no Python
    [cold-garbage]  the same where the temperature is below 0.5
    [unbound]       answer with a BioQL name that does not exist
    [invented]      answer with a sequence that stands in no request
    [unsafe]        answer with what runs a command
    [invented]      answer with a molecule and a protein that nobody gave
    [fence]         answer in a Markdown fence, with talk around it
    [say:TEXT]      answer TEXT (``\\n`` is a line end)
    [warm:TEXT]     the same where the temperature is 0.5 or above
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
from decimal import Decimal
from pathlib import Path

from bioql_lsp.worker.engines.base import (
    FactsKind,
    Infill,
    Instruct,
    ModelFormatError,
    NonFiniteLogitsError,
    Piece,
    Progress,
    ProgressReport,
    Prompt,
    PromptTooLongError,
    Repair,
    Sampling,
    Task,
)

PAUSE_SECONDS = 0.02
PROMPT_NS = 100_000_000
PIECE_NS = 20_000_000
SECRET_TEXT = "secret-of-the-engine /srv/models bioql_live_leak"  # no client may ever see it

GARBAGE = "def (:\n  ]]]"
GENERATED = (
    "import os\n\nfrom bioql import quantum\n\n"
    'result = quantum("Create a Bell state", backend="ibm_torino",'
    ' shots=100, api_key=os.environ["BIOQL_API_KEY"])\n'
)
INVENTED = GENERATED.replace("Create a Bell state", "Docking of SMILES CCN(CC)CC to PDB 9XYZ")


class BrokenEngineError(Exception):
    """The whole engine failed."""


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


class _Script:
    """One answer: its pieces, and the times that they take."""

    def __init__(self, task: Task, sampling: Sampling) -> None:
        self.text = text_of(task)
        is_cold = sampling.temperature < 0.5
        is_cold_garbage = "[cold-garbage]" in self.text and is_cold
        said = self.text if is_cold else self.text.replace("[warm:", "[say:")
        self._pieces = [GARBAGE] if is_cold_garbage else _pieces(said, task)
        self._tokens_max = sampling.max_new_tokens
        self._count = 0

    def next(self, clock: ManualClock) -> Piece | None:
        """The next piece; None while the script hangs."""
        if self._count == 0:
            _fail(self.text)
        else:
            _linger(self.text)
            if "[hang]" in self.text:
                return None
        prompt_ns, total_ns = _times_ns(self.text)
        if self._count == 0:
            clock.advance(prompt_ns)
        piece = self._pieces[self._count]
        self._count += 1
        if total_ns is None:
            clock.advance(PIECE_NS)
        elif self._count == len(self._pieces):
            clock.advance(total_ns - prompt_ns)
        is_last = self._count == len(self._pieces) and "[endless]" not in self.text
        if self._count == self._tokens_max and not is_last:
            return Piece(piece, self._count, "length")
        return Piece(piece, self._count, "stop" if is_last else None)


class FakeEngine:
    """See the module's text. With more than one row, a step is a piece of every answer."""

    def __init__(self, clock: ManualClock, load: str = "", rows_max: int = 1) -> None:
        self.name = "fake"
        self.model = "fake-model"
        self.revision = "1"
        self.context_tokens_max = 100_000
        self.facts_kind: FactsKind = "none"
        self.rows_max = rows_max
        self.tasks: list[Task] = []
        self._clock = clock
        self._load = load
        self._scripts: dict[int, _Script] = {}

    def load(self, report: ProgressReport) -> None:
        report(0.5, "half way")
        if self._load == "fail":
            raise ModelFormatError("no model in this test")
        if self._load:
            Path(self._load).read_bytes()
        report(1.0, "loaded")

    def prompt(self, task: Task, max_new_tokens: int) -> Prompt:
        text = text_of(task)
        if "[long]" in text:
            raise PromptTooLongError(SECRET_TEXT)
        return Prompt(tuple(range(len(text.split()))), "[cut]" in text)

    def add(self, prompt: Prompt, task: Task, sampling: Sampling) -> int:
        assert len(self._scripts) < self.rows_max
        self.tasks.append(task)
        self._scripts[len(self.tasks)] = _Script(task, sampling)
        return len(self.tasks)

    def step(self) -> list[Progress]:
        progress = []
        for ticket, script in list(self._scripts.items()):
            try:
                piece = script.next(self._clock)
            except BrokenEngineError:
                raise
            except Exception as error:
                progress.append(Progress(ticket, error=error))
                del self._scripts[ticket]
                continue
            progress.append(Progress(ticket, piece))
            if piece is not None and piece.finish is not None:
                del self._scripts[ticket]
        return progress

    def remove(self, ticket: int) -> None:
        self._scripts.pop(ticket, None)

    def reset(self) -> None:
        self._scripts.clear()


def _pieces(text: str, task: Task) -> list[str]:
    if "[endless]" in text:
        return ["x = 1\n"] * 4096
    if (said := _last(r"\[say:(.*?)\]", text)) is not None:
        answer = said.replace("\\n", "\n")
    elif "[garbage]" in text:
        answer = GARBAGE
    elif "[unbound]" in text:
        answer = "import bioql\n\nbioql.no_such_thing()"
    elif "[invented]" in text:
        answer = 'guide = "GATACCATGATCACGAAGGT"\n'
    elif "[unsafe]" in text:
        answer = 'import subprocess\n\nsubprocess.run(["ls"])\n'
    elif "[invented]" in text:
        answer = INVENTED
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
    if "[broken]" in text:
        raise BrokenEngineError(SECRET_TEXT)
    if "[nan]" in text:
        raise NonFiniteLogitsError(SECRET_TEXT)
    if "[exit]" in text:
        os._exit(70)


def _linger(text: str) -> None:
    """What happens between two pieces."""
    if "[crash-late]" in text:
        raise RuntimeError(SECRET_TEXT)
    if "[slow]" in text or "[hang]" in text:
        threading.Event().wait(PAUSE_SECONDS)


def _times_ns(text: str) -> tuple[int, int | None]:
    prompt, total = _last(r"\[prompt=([\d.]+)\]", text), _last(r"\[seconds=([\d.]+)\]", text)
    total_ns = None if total is None else int(Decimal(total) * 1_000_000_000)
    prompt_ns = PROMPT_NS if prompt is None else int(Decimal(prompt) * 1_000_000_000)
    return (prompt_ns if total_ns is None else min(prompt_ns, total_ns)), total_ns


def _last(pattern: str, text: str) -> str | None:
    found = re.findall(pattern, text)
    return found[-1] if found else None
