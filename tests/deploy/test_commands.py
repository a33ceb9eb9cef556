"""Every command line of the deployment files and their guide is one that our programs take."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from huggingface_hub.cli.hf import app as hf

from billing.cli import app as billing
from bioql_lsp.worker import cli
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from deploy import modal_app
from tests.deploy.model_hub import running_model_hub
from tests.deploy.support import (
    compose_commands,
    document_commands,
    kubernetes_commands,
    run,
    tool,
)

MODAL_ENVIRONMENT = {"BIOQL_LEDGER_URL": "postgresql://db/ledger", "BIOQL_LIMITS_URL": "redis://r"}
BILLING = typer.main.get_command(billing)
COMMANDS = {
    **compose_commands(),
    **kubernetes_commands(),
    **document_commands(),
    "modal Worker": modal_app.worker_command(MODAL_ENVIRONMENT),
}


def _parse(command: Any, name: str, arguments: list[str]) -> None:
    """Parse a command line of typer down to its last subcommand. Raises its usage errors."""
    with command.make_context(name, list(arguments)) as context:
        if hasattr(command, "resolve_command"):
            rest = [*context._protected_args, *context.args]
            sub_name, sub_command, left = command.resolve_command(context, rest)
            _parse(sub_command, sub_name, left)


@pytest.mark.parametrize("origin", COMMANDS)
def test_a_command_line_is_understood(origin: str) -> None:
    program, *arguments = COMMANDS[origin]
    if program == "bioql-worker":
        parsed = cli._parser().parse_args(arguments)
        cli._check(parsed, is_public=cli._is_public(parsed))
    else:
        _parse({"bioql-billing": BILLING, "hf": hf}[program], program, arguments)


@pytest.mark.parametrize("arguments", [["serve", "--no-such-flag"], ["serve", "--queue", "many"]])
def test_a_wrong_command_line_of_the_worker_is_noticed(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        cli._parser().parse_args(arguments)


@pytest.mark.parametrize("arguments", [["intit"], ["init", "--no-such-flag"], ["balance"]])
def test_a_wrong_command_line_of_the_ledger_is_noticed(arguments: list[str]) -> None:
    with pytest.raises(Exception, match=r"No such|Missing parameter"):
        _parse(BILLING, "bioql-billing", arguments)


def test_every_worker_of_a_service_has_its_ledger_and_listens_to_others() -> None:
    workers = {
        origin: cli._parser().parse_args(words[1:])
        for origin, words in COMMANDS.items()
        if words[0] == "bioql-worker" and not origin.startswith("docs")
    }
    assert set(workers) == {
        "compose worker-1",
        "compose worker-2",
        "kubernetes bioql-worker",
        "modal Worker",
    }
    for worker in workers.values():
        assert worker.host == "0.0.0.0"
        assert worker.port == 8475
        assert worker.ledger
        assert worker.limits != "memory://"
        assert worker.model == "/models/CodeLlama-7b-Instruct-hf"


@pytest.mark.parametrize("origin", ["compose model", "kubernetes bioql-model"])
def test_the_model_is_fetched_without_what_is_no_tensor_file(origin: str, tmp_path: Path) -> None:
    folder = tmp_path / "CodeLlama-7b-Instruct-hf"
    program, *arguments = COMMANDS[origin]
    ours = [word.replace("/models", str(tmp_path)) for word in arguments]
    with running_model_hub(embedded_folder()) as hub:
        fetched = run(tool(program), *ours, **hub.environment, HF_HOME=str(tmp_path / "cache"))
    assert fetched.returncode == 0, fetched.stderr
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert names == {"config.json", "tokenizer.json", "model.safetensors"}
    assert read_folder(folder).config["max_position_embeddings"] > 0


def test_the_hub_of_these_tests_also_has_what_is_not_wanted() -> None:
    with running_model_hub(embedded_folder()) as hub:
        files = httpx.get(f"{hub.url}/api/models/codellama/CodeLlama-7b-Instruct-hf").json()
    assert {"rfilename": "pytorch_model.bin"} in files["siblings"]
