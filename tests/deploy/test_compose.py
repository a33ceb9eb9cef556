"""compose.yaml, as ``docker compose`` itself reads it."""

from __future__ import annotations

from typing import Any

import pytest

import bioql_lsp
from tests.deploy.support import (
    CLOSE_SECONDS,
    DEPLOY,
    SETTINGS,
    compose_services,
    run,
    seconds,
    tool,
)

ONE_SHOT = {"ledger", "model"}
OURS = {"ledger", "model", "worker-1", "worker-2"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return compose_services()


def test_a_setting_that_is_missing_is_named() -> None:
    for name in SETTINGS:
        given = SETTINGS | {name: ""}
        read = run(
            tool("docker-compose"), "-f", str(DEPLOY / "compose.yaml"), "config", "-q", **given
        )
        assert read.returncode != 0
        assert f"{name} is missing a value" in read.stderr


def test_the_example_of_settings_has_every_setting_and_no_secret() -> None:
    lines = (DEPLOY / ".env.example").read_text().splitlines()
    settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(settings) == set(SETTINGS)
    assert settings["POSTGRES_PASSWORD"] == ""
    for name in ("deploy/.env", "deploy/metrics-token"):
        assert run("git", "check-ignore", name).returncode == 0


def test_only_the_proxy_is_reachable_and_only_who_must_reaches_the_rest(
    services: dict[str, Any],
) -> None:
    networks = {name: set(service["networks"]) for name, service in services.items()}
    assert networks == {
        "proxy": {"public", "front"},
        "worker-1": {"front", "back"},
        "worker-2": {"front", "back"},
        "vllm": {"back"},
        "postgres": {"back"},
        "redis": {"back"},
        "ledger": {"back"},
        "model": {"public"},
    }
    assert {name for name, service in services.items() if service.get("ports")} == {"proxy"}


def test_the_ledger_is_there_before_a_worker_and_a_worker_before_the_proxy(
    services: dict[str, Any],
) -> None:
    needs = {
        name: {other: need["condition"] for other, need in service["depends_on"].items()}
        for name, service in services.items()
        if "depends_on" in service
    }
    healthy = "service_healthy"
    assert needs["ledger"] == {"postgres": healthy}
    for worker in ("worker-1", "worker-2"):
        assert needs[worker]["ledger"] == "service_completed_successfully"
        assert {needs[worker][name] for name in ("postgres", "redis", "vllm")} == {healthy}
    assert needs["proxy"] == {"worker-1": healthy, "worker-2": healthy}


def test_every_service_that_stays_says_whether_it_is_well(services: dict[str, Any]) -> None:
    """Our own by the image's HEALTHCHECK; the proxy says it by answering."""
    checked = {
        name for name, service in services.items() if "test" in service.get("healthcheck", {})
    }
    assert checked == {"vllm", "postgres", "redis"}
    off = {
        name
        for name, service in services.items()
        if service.get("healthcheck") == {"disable": True}
    }
    assert off == ONE_SHOT


def test_the_workers_differ_in_nothing(services: dict[str, Any]) -> None:
    assert services["worker-1"] == services["worker-2"]
    upstreams = services["proxy"]["environment"]["BIOQL_WORKERS"]
    assert upstreams == "worker-1:8475 worker-2:8475"


def test_a_worker_has_the_time_that_it_needs_to_end(services: dict[str, Any]) -> None:
    worker = services["worker-1"]
    (grace,) = [word for word in worker["command"] if word.startswith("--grace-seconds=")]
    needed_seconds = float(grace.partition("=")[2]) + CLOSE_SECONDS
    assert seconds(worker["stop_grace_period"]) > needed_seconds
    assert seconds(services["proxy"]["stop_grace_period"]) > float(grace.partition("=")[2])


def test_what_is_ours_cannot_write_its_image_and_has_no_rights_to_lose(
    services: dict[str, Any],
) -> None:
    for name in OURS:
        service = services[name]
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
        assert "user" not in service, f"{name}: the image's own user is not root"
    models = {
        name: services[name]["volumes"][0].get("read_only", False) for name in OURS - {"ledger"}
    }
    assert models == {"worker-1": True, "worker-2": True, "model": False}


def test_the_gpu_goes_to_vllm_alone(services: dict[str, Any]) -> None:
    with_devices = {
        name: service["deploy"]["resources"]["reservations"]["devices"]
        for name, service in services.items()
        if "deploy" in service
    }
    assert list(with_devices) == ["vllm"]
    (device,) = with_devices["vllm"]
    assert device == {"capabilities": ["gpu"], "driver": "nvidia", "count": 1}


def test_every_image_is_of_one_version(services: dict[str, Any]) -> None:
    for name, service in services.items():
        tag = service["image"].rpartition(":")[2]
        assert tag[0].isdigit() or tag.startswith("v"), f"{name}: {service['image']}"
    ours = {services[name]["image"] for name in OURS}
    assert ours == {f"bioql-worker:{bioql_lsp.__version__}"}


def test_the_workers_ask_for_the_model_that_vllm_serves(services: dict[str, Any]) -> None:
    served = services["vllm"]["command"]
    worker = services["worker-1"]["command"]
    assert f"--upstream-model={_value(served, '--served-model-name')}" in worker
    assert f"--model={served[0]}" in worker
    assert f"--local-dir={served[0]}" in services["model"]["command"]


def test_no_password_stands_in_a_command_line(services: dict[str, Any]) -> None:
    for name, service in services.items():
        assert SETTINGS["POSTGRES_PASSWORD"] not in str(service.get("command")), name
    holders = {
        name for name, service in services.items() if SETTINGS["POSTGRES_PASSWORD"] in str(service)
    }
    assert holders == {"ledger", "worker-1", "worker-2", "postgres"}


def _value(words: list[str], option: str) -> str:
    (word,) = [word for word in words if word.startswith(f"{option}=")]
    return word.partition("=")[2]
