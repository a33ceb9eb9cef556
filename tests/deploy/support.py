"""What the tests of the deployment files share: the files as their own tools read them."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
DEPLOY = REPOSITORY / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
SETTINGS = {"POSTGRES_PASSWORD": "test-password", "BIOQL_SITE": "localhost"}
COMPOSE_BILLING = "docker compose run --rm ledger"
CLOSE_SECONDS = 15
"""What a worker may take after its --grace-seconds: connections and the engine's end."""


def tool(name: str) -> str:
    """The path of a program that a package of the ``dev`` extra brings."""
    path = Path(sys.executable).parent / name
    assert path.exists(), f"{name} is missing: make test installs it (extra dev)"
    return str(path)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in the repository's folder to its end."""
    return subprocess.run(
        command,
        cwd=REPOSITORY,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def compose_services() -> dict[str, Any]:
    """The services of compose.yaml as ``docker compose`` itself reads them, by name."""
    arguments = ("--file", str(DEPLOY / "compose.yaml"), "--profile", "*")
    read = run(tool("docker-compose"), *arguments, "config", "--format", "json", **SETTINGS)
    assert read.returncode == 0, read.stderr
    services: dict[str, Any] = json.loads(read.stdout)["services"]
    return services


def kubernetes_documents() -> list[dict[str, Any]]:
    """Every object of the manifests, in the order in which ``kubectl apply`` takes them."""
    files = sorted(KUBERNETES.glob("*.yaml"))
    return [document for file in files for document in yaml.safe_load_all(file.read_text())]


def of_kind(kind: str) -> dict[str, dict[str, Any]]:
    """The objects of one kind by name."""
    found = (document for document in kubernetes_documents() if document["kind"] == kind)
    return {document["metadata"]["name"]: document for document in found}


def pods() -> dict[str, dict[str, Any]]:
    """The pod templates of the manifests by the name of their Deployment or Job."""
    owners = of_kind("Deployment") | of_kind("Job")
    return {name: owner["spec"]["template"] for name, owner in owners.items()}


def compose_commands() -> dict[str, list[str]]:
    """The command line of each service that runs our image, by ``compose NAME``."""
    return {
        f"compose {name}": [*(service.get("entrypoint") or ["bioql-worker"]), *service["command"]]
        for name, service in compose_services().items()
        if service["image"].startswith("bioql-worker:")
    }


def kubernetes_commands() -> dict[str, list[str]]:
    """The same of the manifests, by ``kubernetes NAME``."""
    return {
        f"kubernetes {name}": [*container.get("command", ["bioql-worker"]), *container["args"]]
        for name, pod in pods().items()
        for container in pod["spec"]["containers"]
        if "bioql-worker:" in container["image"]
    }


def document_commands() -> dict[str, list[str]]:
    """The lines of docs/deploy.md that call ``bioql-billing``, in a container or not."""
    text = (REPOSITORY / "docs" / "deploy.md").read_text().replace(COMPOSE_BILLING, "bioql-billing")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    commands = {}
    for line in "\n".join(blocks).splitlines():
        words = shlex.split(line, comments=True)
        if "bioql-billing" in words:
            commands[f"docs {line.strip()}"] = words[words.index("bioql-billing") :]
    return commands


def seconds(text: str) -> float:
    """A duration as compose prints it: ``45s``, ``1m0s``."""
    units = {"h": 3600.0, "m": 60.0, "s": 1.0}
    return sum(float(n) * units[unit] for n, unit in re.findall(r"([\d.]+)([hms])", text))
