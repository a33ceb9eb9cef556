"""BioQL's worker on Modal: CodeLlama on one A10G, let go after five idle minutes.

    modal run deploy/modal_app.py::fetch_model      once: fills the volume
    modal run deploy/modal_app.py::prepare_ledger   once, and for each release with a new schema
    modal deploy deploy/modal_app.py

docs/deploy.md has the steps and the secret ``bioql-ledger``. The class does nothing but start and
stop ``bioql-worker``: Modal hands each request to the worker's own port, so streams stream, and a
client that hangs up is noticed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import modal

REPOSITORY = Path(__file__).resolve().parent.parent
SOURCES = ("pyproject.toml", "README.md", "LICENSE")
PACKAGES = ("billing", "bioql_lsp")
"""What the image is made of. Nothing else of the folder is sent, so no key or ledger can be."""

MODEL_ID = "codellama/CodeLlama-7b-Instruct-hf"
MODEL_REVISION = "main"
"""A commit's hash holds the model still: fetch_model prints the one that it fetched."""
MODEL_FILES = ["*.json", "*.safetensors"]
MODELS = "/models"
MODEL = f"{MODELS}/CodeLlama-7b-Instruct-hf"
CACHE = "/cache"
"""What torch compiled for this GPU, so that the next container need not."""

PORT = 8475
CONTAINERS_MAX = 1
"""More count requests a minute together only through Redis: BIOQL_LIMITS_URL in the secret."""
REQUESTS_MAX = 64
"""At once in a container; the worker has a queue of its own and an answer for what is too much."""
REQUESTS_TARGET = 16
IDLE_SECONDS = 300
LOAD_SECONDS_MAX = 900
REQUEST_SECONDS_MAX = 300
GRACE_SECONDS = 12
STOP_SECONDS_MAX = 28
"""Modal ends a container 30 s after it asked: 12 for answers, at most 15 more to close."""


def image() -> modal.Image:
    """Python with the worker, its versions those of constraints.txt.

    torch comes with CUDA, and Modal's Debian with the compiler that torch needs.
    """
    built = modal.Image.debian_slim(python_version="3.11")
    built = built.add_local_file(REPOSITORY / "constraints.txt", "/constraints.txt", copy=True)
    # The large packages by themselves, so that a change of ours does not fetch them again.
    built = built.run_commands("pip install -c /constraints.txt torch transformers accelerate")
    for name in SOURCES:
        built = built.add_local_file(REPOSITORY / name, f"/src/{name}", copy=True)
    for name in PACKAGES:
        built = built.add_local_dir(
            REPOSITORY / name, f"/src/{name}", copy=True, ignore=["**/__pycache__/**"]
        )
    built = built.run_commands("pip install -c /constraints.txt '/src[gpu,scale]'")
    return built.env(
        {"TORCHINDUCTOR_CACHE_DIR": f"{CACHE}/inductor", "TRITON_CACHE_DIR": f"{CACHE}/triton"}
    )


app = modal.App("bioql-worker", image=image())
models = modal.Volume.from_name("bioql-models", create_if_missing=True)
compiled = modal.Volume.from_name("bioql-compiled", create_if_missing=True)
ledger_secret = modal.Secret.from_name("bioql-ledger", required_keys=["BIOQL_LEDGER_URL"])


def worker_command(environment: dict[str, str]) -> list[str]:
    """How the worker is started. Raises RuntimeError for limits that would not be shared."""
    command = ["bioql-worker", "serve", "--host", "0.0.0.0", "--port", str(PORT)]  # noqa: S104
    command += ["--engine", "transformers", "--model", MODEL]
    command += ["--ledger", environment["BIOQL_LEDGER_URL"], "--grace-seconds", str(GRACE_SECONDS)]
    limits = environment.get("BIOQL_LIMITS_URL")
    if limits:
        command += ["--limits", limits]
    elif CONTAINERS_MAX > 1:
        raise RuntimeError(
            "several containers must count requests a minute together: put BIOQL_LIMITS_URL"
            " (a Redis) into the secret bioql-ledger, or set CONTAINERS_MAX = 1"
        )
    return command


@app.function(volumes={MODELS: models}, timeout=3600)
def fetch_model(revision: str = MODEL_REVISION) -> str:
    """Download the model into the volume; the commit it is of."""
    from huggingface_hub import HfApi, snapshot_download  # noqa: PLC0415

    commit = HfApi().model_info(MODEL_ID, revision=revision).sha
    snapshot_download(MODEL_ID, revision=commit, local_dir=MODEL, allow_patterns=MODEL_FILES)
    models.commit()
    print(f"{MODEL_ID} is there, commit {commit}")
    return str(commit)


@app.function(secrets=[ledger_secret])
def prepare_ledger() -> None:
    """Make the ledger, or bring an older one up to date. No worker may be running then."""
    ledger = os.environ["BIOQL_LEDGER_URL"]
    subprocess.run(["bioql-billing", "--ledger", ledger, "init"], check=True)  # noqa: S607


@app.cls(
    gpu="A10G",
    volumes={MODELS: models.with_mount_options(read_only=True), CACHE: compiled},
    secrets=[ledger_secret],
    scaledown_window=IDLE_SECONDS,
    max_containers=CONTAINERS_MAX,
    startup_timeout=LOAD_SECONDS_MAX,
    timeout=REQUEST_SECONDS_MAX,
)
@modal.concurrent(max_inputs=REQUESTS_MAX, target_inputs=REQUESTS_TARGET)
class Worker:
    """One container: one worker process on its GPU."""

    @modal.enter()
    def start(self) -> None:
        """Start the worker and wait until its model is loaded: requests wait as long.

        Raises RuntimeError where it ends instead; its log says why.
        """
        # A session of its own: a signal to the container's processes must not reach the worker
        # beside ours, since a second one cuts its answers.
        self.process = subprocess.Popen(
            worker_command(dict(os.environ)),
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        announcement = self.process.stdout.readline()
        if not announcement:
            raise RuntimeError(f"the worker ended at its start, status {self.process.wait()}")
        print(announcement, end="", file=sys.stderr)

    @modal.web_server(PORT)
    def serve(self) -> None:
        """The worker listens already. Modal lets a container go whose port no longer answers."""

    @modal.exit()
    def stop(self) -> None:
        """Let running answers finish or be settled, within the time that Modal gives."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
