"""A Llama model in ONNX Runtime: a graph bound to memory of ours, so that no step copies anything.

A small model has two sessions over the same keys and values. One uses the calling thread alone: for
a few tokens that is as fast as two threads, and a busy neighbour does not slow it. The other has a
thread a core, for prompts and for many rows. Its threads wait actively for a moment within a run,
which they need between operators that take microseconds, and sleep between runs.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bioql_lsp.worker.engines.base import ModelFormatError
from bioql_lsp.worker.engines.folder import GRAPH_FILE, WEIGHTS_FILE
from bioql_lsp.worker.engines.model import Logits
from bioql_lsp.worker.engines.onnx_cache import Cache
from bioql_lsp.worker.engines.onnx_weights import (
    Array,
    Floats,
    Precision,
    Shape,
    initialisers,
)

ROWS_MAX: Final = 16
READ_TOKENS_MAX: Final = 128
# Where checking guesses made answers of the embedded model fastest; checking three of them costs
# about 1.8 steps in int8 and 1.4 in fp32, which waits for memory.
_DRAFT_TOKENS_MAX: Final[dict[Precision, int]] = {"fp32": 4, "int8": 3}
_THREADS_MAX: Final = 4
_SPIN_US: Final = "20"
# Up to here the calling thread alone is as fast as all, for weights that fit a cache.
_ALONE_ROWS_MAX: Final = 3
_ALONE_TOKENS_MAX: Final = 4
_ALONE_BYTES_MAX: Final = 64_000_000


def graph_file(precision: Precision) -> str:
    """The name of the graph for a precision."""
    return GRAPH_FILE if precision == "fp32" else f"model.{precision}.onnx"


class OnnxScores:
    """Scores in memory of the model: good until it is called again."""

    def __init__(self, logits: Floats, forbidden: npt.NDArray[np.int64]) -> None:
        self._is_finite: npt.NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(logits), axis=1)
        logits[:, forbidden] = -np.inf
        self._logits = logits

    def best(self) -> list[int | None]:
        """The best token at each place; None where a score is NaN or infinite."""
        best = self._logits.argmax(axis=1).tolist()
        return [i if ok else None for i, ok in zip(best, self._is_finite.tolist(), strict=True)]

    def of(self, place: int) -> Logits | None:
        """Scores (vocabulary,) at one place; None as above."""
        return self._logits[place].copy() if self._is_finite[place] else None


class _Rows:
    """The graph bound to some rows. Shapes: ids (rows, length), logits (rows, places, vocabulary).

    A binding is kept, since making one takes as long as half a step.
    """

    def __init__(self, session: Any, cache: Cache, rows: slice, vocabulary: int) -> None:
        self._session = session
        self._binding = session.io_binding()
        self._count = rows.stop - rows.start
        self._vocabulary = vocabulary
        self._last_places = np.zeros(self._count, dtype=np.int32)  # tokens that count, less one
        self._total = np.zeros((), dtype=np.int32)
        self._input("seqlens_k", self._last_places)
        self._input("total_length", self._total)
        for name, buffer in cache.buffers.items():
            self._input(f"past_{name}", buffer[rows])
            self._output(f"present_{name}", buffer[rows])
        self._shape(1, 1)

    def _input(self, name: str, array: Array) -> None:
        kind = array.dtype.type
        self._binding.bind_input(name, "cpu", 0, kind, array.shape, array.ctypes.data)

    def _output(self, name: str, array: Array) -> None:
        kind = array.dtype.type
        self._binding.bind_output(name, "cpu", 0, kind, array.shape, array.ctypes.data)

    def _shape(self, length: int, scored: int) -> None:
        self._ids = np.zeros((self._count, length), dtype=np.int64)
        self._places = np.arange(length - scored, length, dtype=np.int64)
        self._logits = np.zeros((self._count, scored, self._vocabulary), dtype=np.float32)
        self._input("input_ids", self._ids)
        self._input("places", self._places)
        self._output("logits", self._logits)

    def read(self, start: int, tokens: Sequence[int], scored: int) -> Floats:
        """Logits (scored, vocabulary) of one row that goes on at ``start``."""
        if self._logits.shape[1] != scored or self._ids.shape[1] != len(tokens):
            self._shape(len(tokens), scored)
        self._ids[0] = tokens
        self._last_places[0] = start + len(tokens) - 1
        self._total[...] = start + len(tokens)
        self._session.run_with_iobinding(self._binding)
        logits: Floats = self._logits[0]
        return logits

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> Floats:
        """Logits (rows, vocabulary) after one more token of every row."""
        self._ids[:, 0] = tokens
        self._last_places[:] = starts
        self._total[...] = max(starts) + 1
        self._session.run_with_iobinding(self._binding)
        logits: Floats = self._logits[:, 0]
        return logits


class OnnxModel:
    """A model folder's graph and weights, loaded. Implements ``CausalModel``."""

    read_tokens_max = READ_TOKENS_MAX

    def __init__(
        self,
        folder: Path,
        shape: Shape,
        forbidden: Sequence[int],
        *,
        precision: Precision = "fp32",
        rows_max: int = ROWS_MAX,
        threads: int | None = None,
    ) -> None:
        """Load. Raises ModelFormatError."""
        self.rows_max = rows_max
        self.context_tokens_max = shape.context
        self.draft_tokens_max = _DRAFT_TOKENS_MAX[precision]
        self._vocabulary = shape.vocabulary
        self._forbidden = np.array(forbidden, dtype=np.int64)
        self._sessions = _open_sessions(folder, shape, precision, threads or _cores())
        self._cache = Cache(shape, rows_max)
        self._readers: dict[tuple[int, bool], _Rows] = {}
        self._steppers: dict[int, _Rows] = {}

    def read(self, row: int, start: int, tokens: Sequence[int], scored: int) -> OnnxScores:
        """Read tokens into a row at ``start`` and behind; scores after the last ``scored``."""
        is_alone = len(tokens) <= _ALONE_TOKENS_MAX
        rows = self._readers.get((row, is_alone))
        if rows is None:
            rows = self._readers[row, is_alone] = self._bind(slice(row, row + 1), is_alone)
        return OnnxScores(rows.read(start, tokens, scored), self._forbidden)

    def step(self, tokens: Sequence[int], starts: Sequence[int]) -> OnnxScores:
        """Read one token into each of the first ``len(tokens)`` rows; scores after each."""
        count = len(tokens)
        rows = self._steppers.get(count)
        if rows is None:
            rows = self._bind(slice(0, count), count <= _ALONE_ROWS_MAX)
            self._steppers[count] = rows
        return OnnxScores(rows.step(tokens, starts), self._forbidden)

    def swap(self, first: int, second: int, length: int) -> None:
        """Exchange what two rows hold at their first ``length`` positions."""
        self._cache.swap(first, second, length)

    def copy(self, source: int, target: int, length: int) -> None:
        """Copy what a row holds at its first ``length`` positions to another row."""
        self._cache.copy(source, target, length)

    def _bind(self, rows: slice, is_alone: bool) -> _Rows:
        session = self._sessions[0 if is_alone else -1]
        return _Rows(session, self._cache, rows, self._vocabulary)


def _cores() -> int:
    """How many cores this process may use, at most four: more do not help models this small."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(count or 1, _THREADS_MAX)


def _open_sessions(folder: Path, shape: Shape, precision: Precision, threads: int) -> list[Any]:
    """A session for few tokens and one for many; one for both where that does not pay."""
    arrays = initialisers(folder / WEIGHTS_FILE, shape, precision)
    sizes = {threads}
    if sum(array.nbytes for array in arrays.values()) <= _ALONE_BYTES_MAX:
        sizes.add(1)
    return [_open_session(folder / graph_file(precision), arrays, size) for size in sorted(sizes)]


def _open_session(path: Path, arrays: dict[str, Array], threads: int) -> Any:
    import onnxruntime  # noqa: PLC0415 - a part of a second that only loading shall cost

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "1")
    options.add_session_config_entry("session.intra_op.spin_duration_us", _SPIN_US)
    options.add_session_config_entry("session.force_spinning_stop", "1")
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in arrays.values()]
    try:
        options.add_external_initializers(list(arrays), values)
        graph = path.read_bytes()
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own classes differ between versions
        raise ModelFormatError(
            f"{path} could not be loaded: it is missing or broken, does not fit {WEIGHTS_FILE}, or "
            "onnxruntime is older than 1.23. Write it anew with "
            "`python -m bioql_lsp.training.export`, or use --engine transformers."
        ) from error
