"""Who writes the answers that are compared: how each is started and asked, with the same weights.

Everyone is asked over HTTP for the same prompts and the same number of tokens. Whoever can is told
to go on behind an end token; our worker has no such switch, its prompts ask for longer answers.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bioql_lsp.worker.engines.folder import embedded_folder, read_config
from bioql_lsp.worker.engines.onnx import PRECISION_KEY
from tests.benchmarks.worker_load import Load
from tests.benchmarks.worker_process import (
    ROOT,
    ServerProcess,
    WorkerServer,
    free_port,
    new_account,
)
from tests.benchmarks.worker_prompts import ANSWER_TOKENS, Prompt

OURS = "bioql-worker"
OURS_FP32 = "bioql-worker --precision fp32"
GENERATE = "generate, one at a time"
GENERATE_STREAMED = "generate, streamed"
SERVE = "transformers serve"
LLAMA_F32 = "llama.cpp F32"
LLAMA_Q8 = "llama.cpp Q8_0"
LLAMA_F32_ALONE = "llama.cpp F32, 1 thread"
LLAMA_Q8_ALONE = "llama.cpp Q8_0, 1 thread"
NEAREST = {"int8": (LLAMA_Q8, LLAMA_Q8_ALONE), "fp32": (LLAMA_F32, LLAMA_F32_ALONE)}
"""llama.cpp at the precision that is nearest to ours; the faster one counts."""

ONE, MANY = 1, 16
HOST = "127.0.0.1"
INSTALL_LLAMA = ROOT / "tests" / "support" / "install_llama.sh"
LLAMA_SERVER = ROOT / ".cache" / "llama" / "bin" / "llama-server"
LLAMA_CONTEXT = MANY * 512
# Room for 16 answers of about 300 tokens; the default pool takes 7.5 GB here.
SERVE_BLOCK_TOKENS, SERVE_BLOCKS = 32, 256

Body = Callable[[Prompt], dict[str, Any]]


@dataclass(frozen=True)
class Running:
    """A server that is ready; ``ledger_url`` where its answers are paid for."""

    server: ServerProcess
    port: int
    path: str
    body: Body
    headers: dict[str, str] = field(default_factory=dict)
    ledger_url: str | None = None

    def load(self, prompts: list[list[Prompt]]) -> Load:
        """Requests of clients, each with its own prompts."""
        bodies = [[self.body(prompt) for prompt in each] for each in prompts]
        return Load(HOST, self.port, self.path, self.headers, bodies)


@dataclass(frozen=True)
class Side:
    """One that is compared; ``clients``: how many at once it is measured with."""

    name: str
    precision: str
    start: Callable[[], Running]
    clients: tuple[int, ...] = (ONE, MANY)


def prepare(folder: Path) -> None:
    """Write the embedded model as the peers read it, and install llama.cpp where it is missing.

    Raises subprocess.CalledProcessError.
    """
    from bioql_lsp.training.gguf import write_gguf
    from bioql_lsp.training.hf_export import export_hf

    subprocess.run(["bash", str(INSTALL_LLAMA)], check=True)
    export_hf(embedded_folder(), folder / "hf")
    for precision in ("f32", "q8_0"):
        write_gguf(embedded_folder(), _gguf(folder, precision), precision)


def our_sides(folder: Path) -> list[Side]:
    """The worker as shipped, and in fp32 where it is shipped in another precision."""
    shipped = shipped_precision()
    sides = [Side(OURS, shipped, lambda: _ours(folder))]
    if shipped != "fp32":
        sides.append(Side(OURS_FP32, "fp32", lambda: _ours(folder, "--precision", "fp32")))
    return sides


def peers(folder: Path) -> list[Side]:
    """Everybody else."""
    return [
        Side(GENERATE, "fp32", lambda: _generate(folder, is_streamed=False)),
        Side(GENERATE_STREAMED, "fp32", lambda: _generate(folder, is_streamed=True), (ONE,)),
        Side(SERVE, "fp32", lambda: _serve(folder)),
        Side(LLAMA_F32, "F32", lambda: _llama(folder, "f32")),
        Side(LLAMA_F32_ALONE, "F32", lambda: _llama(folder, "f32", threads=1)),
        Side(LLAMA_Q8, "Q8_0", lambda: _llama(folder, "q8_0")),
        Side(LLAMA_Q8_ALONE, "Q8_0", lambda: _llama(folder, "q8_0", threads=1)),
    ]


def shipped_precision() -> str:
    """What ``bioql-worker serve`` uses where nothing else is asked for."""
    return str(read_config(embedded_folder()).get(PRECISION_KEY, "fp32"))


def llama_version() -> str:
    """What the server says of itself."""
    done = subprocess.run(
        [_llama_server(), "--version"], capture_output=True, text=True, check=True
    )
    line = next(line for line in (done.stdout + done.stderr).split("\n") if "version" in line)
    return line.partition(": ")[2]


def _ours(folder: Path, *arguments: str) -> Running:
    """A worker on a ledger of its own: one that is stopped may hold its file's lock."""
    own = Path(tempfile.mkdtemp(prefix="ours-", dir=folder))
    account = new_account(own)
    worker = WorkerServer(own, account.ledger_url, *arguments)
    path = "/v1/chat/completions"
    url = account.ledger_url
    return Running(worker.server, worker.port, path, _our_body, account.headers, url)


def _our_body(prompt: Prompt) -> dict[str, Any]:
    message = {"role": "user", "content": prompt.instruction}
    return {"messages": [message], "max_tokens": ANSWER_TOKENS, "stream": True}


def _generate(folder: Path, *, is_streamed: bool) -> Running:
    port = free_port()
    module = "tests.benchmarks.worker_old_service"
    server = ServerProcess((sys.executable, "-m", module, str(folder / "hf"), str(port)), folder)
    return _ready(server, port, lambda prompt: _completion(prompt.text, stream=is_streamed))


def _serve(folder: Path) -> Running:
    port = free_port()
    program = Path(sys.executable).with_name("transformers")
    options = {
        "--host": HOST,
        "--port": port,
        "--device": "cpu",
        "--dtype": "float32",
        "--cb-block-size": SERVE_BLOCK_TOKENS,
        "--cb-num-blocks": SERVE_BLOCKS,
    }
    command = [str(program), "serve", str(folder / "hf"), "--continuous-batching"]
    server = ServerProcess(command + _arguments(options), folder, {"HF_HUB_OFFLINE": "1"})
    # Its requests can only leave the end tokens out by naming one that the model does not have.
    endless = {"generation_config": '{"eos_token_id": -1, "do_sample": false}'}
    return _ready(server, port, lambda prompt: _completion(prompt.text, stream=True, **endless))


def _llama(folder: Path, precision: str, threads: int = 2) -> Running:
    port = free_port()
    options = {
        "--model": _gguf(folder, precision),
        "--host": HOST,
        "--port": port,
        "--threads": threads,
        "--parallel": MANY,
        "--ctx-size": LLAMA_CONTEXT,
    }
    server = ServerProcess([_llama_server(), "--cont-batching", *_arguments(options)], folder)
    own = {
        "ignore_eos": True,
        "cache_prompt": False,
        "stream_options": {"include_usage": True},
    }
    return _ready(server, port, lambda prompt: _completion([*prompt.ids], stream=True, **own))


def _ready(server: ServerProcess, port: int, body: Body) -> Running:
    server.wait_ready(f"http://{HOST}:{port}/health")
    return Running(server, port, "/v1/completions", body)


def _completion(prompt: str | list[int], **fields: Any) -> dict[str, Any]:
    return {"prompt": prompt, "max_tokens": ANSWER_TOKENS, "temperature": 0.0, **fields}


def _arguments(options: dict[str, object]) -> list[str]:
    return [text for name, value in options.items() for text in (name, str(value))]


def _gguf(folder: Path, precision: str) -> Path:
    return folder / f"mini-{precision}.gguf"


def _llama_server() -> str:
    return str(LLAMA_SERVER) if LLAMA_SERVER.exists() else shutil.which("llama-server") or ""
