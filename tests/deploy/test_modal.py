"""What Modal would be told to deploy, as its real client tells it to a stand-in of its service."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from billing.ledger import Ledger
from bioql_lsp.worker.engines.folder import embedded_folder, read_folder
from bioql_lsp.worker.serve import CONNECTIONS_END_SECONDS, ENGINE_STOP_SECONDS
from deploy import modal_app
from tests.deploy.modal_service import ModalService, running_modal_service
from tests.deploy.model_hub import COMMIT, running_model_hub
from tests.deploy.support import DEPLOY, REPOSITORY, run, tool

MODAL_STOP_SECONDS = 30
"""What Modal gives a container's exit handlers."""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModalService]:
    settings = tmp_path_factory.mktemp("modal") / "modal.toml"
    with running_modal_service() as service:
        done = run(
            tool("modal"),
            "deploy",
            str(DEPLOY / "modal_app.py"),
            MODAL_CONFIG_PATH=str(settings),
            **service.environment,
        )
        assert done.returncode == 0, done.stderr
        yield service


@pytest.fixture(scope="module")
def functions(deployed: ModalService) -> dict[str, Any]:
    return {
        request.function.function_name: request.function
        for request in deployed.of("FunctionCreate")
    }


def test_the_app_is_published_with_its_functions_and_nothing_else(
    deployed: ModalService, functions: dict[str, Any]
) -> None:
    assert deployed.one("AppPublish").name == "bioql-worker"
    assert set(functions) == {"Worker.*", "fetch_model", "prepare_ledger"}
    assert list(functions["Worker.*"].method_definitions) == ["serve"]


def test_the_worker_has_one_a10g_and_goes_after_five_idle_minutes(
    functions: dict[str, Any],
) -> None:
    worker = functions["Worker.*"]
    gpu = worker.resources.gpu_config
    assert (gpu.gpu_type, gpu.count) == ("A10G", 1)
    assert worker.autoscaler_settings.scaledown_window == 300
    assert worker.autoscaler_settings.min_containers == 0
    assert worker.autoscaler_settings.max_containers == 1
    assert (worker.max_concurrent_inputs, worker.target_concurrent_inputs) == (64, 16)
    assert worker.startup_timeout_secs >= 600


def test_nothing_but_the_worker_has_a_gpu(functions: dict[str, Any]) -> None:
    counts = {name: made.resources.gpu_config.count for name, made in functions.items()}
    assert counts == {"Worker.*": 1, "fetch_model": 0, "prepare_ledger": 0}


def test_requests_go_to_the_port_that_the_worker_listens_on(functions: dict[str, Any]) -> None:
    served = functions["Worker.*"].method_definitions["serve"].webhook_config
    command = modal_app.worker_command({"BIOQL_LEDGER_URL": "postgresql://db/ledger"})
    assert served.web_server_port == int(command[command.index("--port") + 1])
    assert not served.requires_proxy_auth, "clients have keys of their own"


def test_the_models_are_in_a_volume_that_only_the_download_writes(
    deployed: ModalService, functions: dict[str, Any]
) -> None:
    names = {request.deployment_name for request in deployed.of("VolumeGetOrCreate")}
    assert names == {"bioql-models", "bioql-compiled"}
    mounts = {
        name: sorted((mount.mount_path, mount.read_only) for mount in made.volume_mounts)
        for name, made in functions.items()
    }
    assert mounts == {
        "Worker.*": [("/cache", False), ("/models", True)],
        "fetch_model": [("/models", False)],
        "prepare_ledger": [],
    }


def test_the_ledger_comes_from_a_secret_that_is_named_and_never_sent(
    deployed: ModalService, functions: dict[str, Any]
) -> None:
    secret = deployed.one("SecretGetOrCreate")
    assert secret.deployment_name == "bioql-ledger"
    assert list(secret.required_keys) == ["BIOQL_LEDGER_URL"]
    assert dict(secret.env_dict) == {}
    with_secret = {name for name, made in functions.items() if made.secret_ids}
    assert with_secret == {"Worker.*", "prepare_ledger"}


def test_the_image_is_pinned_and_holds_the_package_and_nothing_else(
    deployed: ModalService,
) -> None:
    images = [request.image for request in deployed.of("ImageGetOrCreate")]
    commands = [command for image in images for command in image.dockerfile_commands]
    installs = [command for command in commands if "pip install -" in command]
    assert installs[-1] == "RUN pip install -c /constraints.txt '/src[gpu,scale]'"
    assert all("-c /constraints.txt" in command for command in installs[1:])
    assert not any(image.secret_ids for image in images)
    sent = {file.filename for mount in deployed.of("MountGetOrCreate") for file in mount.files}
    packages = tuple(f"/src/{name}/" for name in modal_app.PACKAGES)
    alone = {name for name in sent if not name.startswith(packages)}
    (app,) = (name for name in alone if name.endswith("/modal_app.py"))
    assert alone == {
        app,
        "/constraints.txt",
        "/src/pyproject.toml",
        "/src/README.md",
        "/src/LICENSE",
    }
    assert not [name for name in sent if name.endswith((".pyc", ".env", ".pem", ".sqlite3"))]
    tracked = set(run("git", "ls-files", "billing", "bioql_lsp").stdout.split())
    assert not {f"/src/{name}" for name in tracked if (REPOSITORY / name).exists()} - sent


def test_the_file_is_importable_in_a_container(tmp_path: Path) -> None:
    inside = tmp_path / "root" / "modal_app.py"
    inside.parent.mkdir()
    shutil.copy(DEPLOY / "modal_app.py", inside)
    code = "import modal_app; print(modal_app.app.name)"
    done = run(sys.executable, "-c", code, PYTHONPATH=str(inside.parent), MODAL_IS_REMOTE="1")
    assert done.stdout == "bioql-worker\n", done.stderr


def test_a_container_is_closed_within_the_time_that_modal_gives() -> None:
    closing_seconds = CONNECTIONS_END_SECONDS + ENGINE_STOP_SECONDS
    assert modal_app.GRACE_SECONDS + closing_seconds <= modal_app.STOP_SECONDS_MAX
    assert modal_app.STOP_SECONDS_MAX < MODAL_STOP_SECONDS


def test_several_containers_need_limits_that_they_share(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = {"BIOQL_LEDGER_URL": "postgresql://db/ledger"}
    monkeypatch.setattr(modal_app, "CONTAINERS_MAX", 3)
    with pytest.raises(RuntimeError, match="BIOQL_LIMITS_URL"):
        modal_app.worker_command(ledger)
    command = modal_app.worker_command(ledger | {"BIOQL_LIMITS_URL": "rediss://r:6379/0"})
    assert command[-2:] == ["--limits", "rediss://r:6379/0"]


def test_the_ledger_can_be_prepared_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    monkeypatch.setenv("BIOQL_LEDGER_URL", url)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}:/usr/bin:/bin")
    modal_app.prepare_ledger.local()
    with Ledger.open(url) as ledger:
        ledger.add_account("ada@example.org", "free")
    modal_app.prepare_ledger.local()
    with Ledger.open(url) as ledger:
        assert ledger.account("ada@example.org").tier == "free"


def test_the_model_is_fetched_at_one_commit_and_can_be_read(tmp_path: Path) -> None:
    code = (
        "from deploy import modal_app as app\n"
        f"app.MODEL = {str(tmp_path / 'model')!r}\n"
        "app.models = type('Volume', (), {'commit': lambda self: print('committed')})()\n"
        "print(app.fetch_model.local())\n"
    )
    with running_model_hub(embedded_folder()) as hub:
        done = run(sys.executable, "-c", code, **hub.environment, HF_HOME=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == COMMIT
    assert "committed" in done.stdout
    names = {path.name for path in (tmp_path / "model").iterdir() if path.is_file()}
    assert names == {"config.json", "tokenizer.json", "model.safetensors"}
    assert read_folder(tmp_path / "model").config["max_position_embeddings"] > 0
