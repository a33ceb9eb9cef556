"""Real servers with the embedded model, as upstreams for tests and benchmarks.

``running(llama_server(...))`` starts llama.cpp's server, which tests/support/install_llama.sh
unpacks, on a file of ``export_gguf``. ``running(transformers_server(...))`` starts ``transformers
serve`` on a folder of ``bioql_lsp.training.hf_export``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import httpx
from tokenizers import Tokenizer

from bioql_lsp.training.gguf import write_gguf
from bioql_lsp.worker.engines.folder import embedded_folder
from tests.support.required import missing_server

LLAMA_FOLDER = Path(__file__).parents[2] / ".cache" / "llama"
_START_SECONDS_MAX = 60.0
_STOP_SECONDS_MAX = 10.0
_POLL_SECONDS = 0.02


class Upstream:
    """A server of ours in a process of its own."""

    def __init__(self, command: list[str], port: int, environment: Mapping[str, str]) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._command = command
        self._environment = environment
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by ``stop``
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its process, to measure what it takes."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the server without waiting for it."""
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            env={**os.environ, **self._environment},
        )

    def wait(self) -> None:
        """Return when it is ready."""
        deadline = time.monotonic() + _START_SECONDS_MAX
        while not self._is_ready():
            assert self._process is not None and self._process.poll() is None, self._words()
            assert time.monotonic() < deadline, self._words()
            time.sleep(_POLL_SECONDS)

    def _is_ready(self) -> bool:
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/health", trust_env=False).status_code == 200
        return False

    def _words(self) -> str:
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4000:]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal: SIGKILL, SIGSTOP, SIGCONT."""
        assert self._process is not None
        self._process.send_signal(number)
        if number == signal.SIGKILL:
            self._process.wait(_STOP_SECONDS_MAX)

    def stop(self) -> None:
        """End it, also one that is stopped by a signal."""
        if self._process is not None and self._process.poll() is None:
            self.signal(signal.SIGKILL)
        self._log.close()


class LlamaServer(Upstream):
    """llama.cpp's server."""

    def busy_slots(self) -> int:
        """How many answers it writes at this moment."""
        slots = httpx.get(f"{self.url}/slots", trust_env=False).json()
        return sum(bool(slot["is_processing"]) for slot in slots)

    def tokens(self, text: str) -> list[int]:
        """What it makes of a prompt of text."""
        question = {"content": text, "add_special": True, "parse_special": True}
        answer = httpx.post(f"{self.url}/tokenize", json=question, trust_env=False)
        tokens: list[int] = answer.json()["tokens"]
        return tokens

    def tokens_written(self) -> int:
        """Tokens of all answers that are over, whether wanted to their end or not."""
        metrics = httpx.get(f"{self.url}/metrics", trust_env=False).text
        name = "llamacpp:tokens_predicted_total "
        lines = [line for line in metrics.splitlines() if line.startswith(name)]
        return int(float(lines[0].removeprefix(name)))


def llama_program() -> str:
    """The server's path; skips or fails the test where it is missing."""
    unpacked = LLAMA_FOLDER / "bin" / "llama-server"
    program = str(unpacked) if unpacked.exists() else shutil.which("llama-server")
    if program is None:
        missing_server("llama.cpp-tools, of Debian unstable (bash tests/support/install_llama.sh)")
    return program


def export_gguf(out: Path, precision: str, model: Path | None = None) -> Path:
    """Write a model, without a name the embedded one, as GGUF (``f32`` or ``q8_0``)."""
    write_gguf(model or embedded_folder(), out, precision)
    return out


def export_slow_gguf(folder: Path) -> Path:
    """A random model that takes seconds for a long answer, and has no reason to end one."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(7)
    tokenizer = Tokenizer.from_file(str(embedded_folder() / "tokenizer.json"))
    config = LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=512,
        intermediate_size=1376,
        num_hidden_layers=8,
        num_attention_heads=8,
        max_position_embeddings=1024,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    (folder / "tokenizer.json").write_bytes((embedded_folder() / "tokenizer.json").read_bytes())
    return export_gguf(folder / "slow.gguf", "f32", folder)


def llama_server(
    gguf: Path, *, slots: int = 1, context_tokens: int = 1024, threads: int = 2, api_key: str = ""
) -> LlamaServer:
    """A server that is not started; each of its slots has the whole context."""
    port = free_port()
    options = ["--host", "127.0.0.1", "--port", str(port), "--offline", "--no-webui", "--slots"]
    options += ["--ctx-size", str(context_tokens * slots), "--parallel", str(slots)]
    options += ["--threads", str(threads), "--no-kv-unified", "--alias", gguf.stem, "--metrics"]
    if api_key:
        options += ["--api-key", api_key]
    return LlamaServer([llama_program(), "--model", str(gguf), *options], port, {})


def transformers_server(
    folder: Path, home: Path, *, continuous_batching: bool = False, threads: int = 2
) -> Upstream:
    """A ``transformers serve`` that is not started; ``home`` is an empty folder for its cache."""
    port = free_port()
    program = Path(sys.executable).parent / "transformers"
    options = ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu", "--dtype", "float32"]
    if continuous_batching:
        # The cache that it takes by default has gigabytes; this is enough for 16 answers at once.
        options += ["--continuous-batching", "--cb-num-blocks", "512"]
        options += ["--cb-max-batch-tokens", "1024"]
    environment = {
        "HF_HUB_OFFLINE": "1",
        "HF_HOME": str(home),
        "OMP_NUM_THREADS": str(threads),
    }
    return Upstream([str(program), "serve", str(folder), *options], port, environment)


ServerT = TypeVar("ServerT", bound=Upstream)


@contextlib.contextmanager
def running(server: ServerT) -> Iterator[ServerT]:
    """The server, ready; stopped at the end."""
    try:
        server.start()
        server.wait()
        yield server
    finally:
        server.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port
