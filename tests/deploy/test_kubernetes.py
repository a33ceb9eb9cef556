"""The manifests: against Kubernetes' own schemas, and that their parts belong together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import kubernetes_validate
import pytest
from kubernetes_validate.utils import all_versions

import bioql_lsp
from billing.ledger import Ledger
from tests.deploy.support import (
    CLOSE_SECONDS,
    KUBERNETES,
    compose_services,
    kubernetes_documents,
    of_kind,
    pods,
)
from tests.worker.support import running_worker

DOCUMENTS = {f"{d['kind']} {d['metadata']['name']}": d for d in kubernetes_documents()}
VERSIONS = all_versions()[all_versions().index("1.30.0") :]
"""From 1.30 on there is the ``sleep`` of preStop."""
PODS = pods()


@pytest.mark.parametrize("version", [VERSIONS[0], VERSIONS[-1]])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_an_object_meets_the_strict_schema(name: str, version: str) -> None:
    kubernetes_validate.validate(DOCUMENTS[name], version, strict=True)


def test_a_field_that_does_not_exist_is_noticed() -> None:
    wrong = DOCUMENTS["Service vllm"] | {"spec": {"selektor": {}}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_names_are_unique_and_in_one_namespace() -> None:
    assert len(DOCUMENTS) == len(kubernetes_documents())
    spaces = {d["metadata"].get("namespace", d["metadata"]["name"]) for d in DOCUMENTS.values()}
    assert spaces == {"bioql"}
    assert next(iter(DOCUMENTS)) == "Namespace bioql", "kubectl makes objects in this order"


@pytest.mark.parametrize("name", PODS)
def test_a_pod_is_restricted(name: str) -> None:
    """The "restricted" Pod Security Standard, and a root file system that cannot be written."""
    pod = PODS[name]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        security = container["securityContext"]
        assert security["allowPrivilegeEscalation"] is False
        assert security["capabilities"] == {"drop": ["ALL"]}
        assert security["readOnlyRootFilesystem"] is True
        assert container["resources"]["requests"].keys() >= {"cpu", "memory"}
        assert "memory" in container["resources"]["limits"]


@pytest.mark.parametrize("name", PODS)
def test_what_a_pod_mounts_is_there(name: str) -> None:
    pod = PODS[name]["spec"]
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    mounted = {mount["name"] for c in pod["containers"] for mount in c.get("volumeMounts", [])}
    assert mounted == volumes
    claims = {
        volume["persistentVolumeClaim"]["claimName"]
        for volume in pod.get("volumes", [])
        if "persistentVolumeClaim" in volume
    }
    assert claims <= set(of_kind("PersistentVolumeClaim"))


def test_secrets_are_named_and_have_no_value_here() -> None:
    assert not of_kind("Secret")
    text = "".join(file.read_text() for file in KUBERNETES.glob("*.yaml"))
    assert "stringData" not in text
    named = set()
    for pod in PODS.values():
        for volume in pod["spec"].get("volumes", []):
            if "secret" in volume:
                named.add(("a file", volume["secret"]["secretName"], "token"))
        for container in pod["spec"]["containers"]:
            for variable in container.get("env", []):
                if "valueFrom" in variable:
                    reference = variable["valueFrom"]["secretKeyRef"]
                    named.add((variable["name"], reference["name"], reference["key"]))
                else:
                    assert "PASSWORD" not in variable["name"]
    assert named == {
        ("BIOQL_LEDGER", "bioql-ledger", "url"),
        ("PGPASSWORD", "bioql-ledger", "password"),
        ("BIOQL_LIMITS", "bioql-limits", "url"),
        ("a file", "bioql-metrics", "token"),
    }


def test_variables_in_command_lines_are_those_of_the_container() -> None:
    for pod in PODS.values():
        for container in pod["spec"]["containers"]:
            given = {variable["name"] for variable in container.get("env", [])}
            words = " ".join(container.get("args", []))
            used = {part.partition(")")[0] for part in words.split("$(")[1:]}
            assert used <= given


def test_an_update_takes_no_worker_away_before_a_new_one_is_ready() -> None:
    worker = of_kind("Deployment")["bioql-worker"]["spec"]
    assert worker["replicas"] == 2
    assert worker["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    budget = of_kind("PodDisruptionBudget")["bioql-worker"]["spec"]
    assert worker["replicas"] - budget["maxUnavailable"] >= 1
    assert budget["selector"] == worker["selector"]
    (spread,) = worker["template"]["spec"]["topologySpreadConstraints"]
    assert spread["labelSelector"] == worker["selector"]


def test_a_worker_has_the_time_that_it_needs_to_end() -> None:
    pod = PODS["bioql-worker"]["spec"]
    (worker,) = pod["containers"]
    (grace,) = [word for word in worker["args"] if word.startswith("--grace-seconds=")]
    wait_seconds = worker["lifecycle"]["preStop"]["sleep"]["seconds"]
    needed_seconds = wait_seconds + float(grace.partition("=")[2]) + CLOSE_SECONDS
    assert pod["terminationGracePeriodSeconds"] > needed_seconds
    ready = worker["readinessProbe"]
    assert wait_seconds > ready["periodSeconds"] * ready["failureThreshold"]


def test_services_and_policies_select_pods_that_exist() -> None:
    labels = [pod["metadata"]["labels"] for pod in PODS.values()]
    selectors = {name: s["spec"]["selector"] for name, s in of_kind("Service").items()}
    for name, policy in of_kind("NetworkPolicy").items():
        selectors[f"policy {name}"] = policy["spec"]["podSelector"].get("matchLabels", {})
        for way in ("ingress", "egress"):
            for number, rule in enumerate(policy["spec"].get(way, [])):
                for peer in rule.get("from", []) + rule.get("to", []):
                    if "podSelector" in peer:
                        key = f"policy {name} {way} {number}"
                        selectors[key] = peer["podSelector"]["matchLabels"]
    for name, selector in selectors.items():
        assert any(selector.items() <= label.items() for label in labels), name
    for name, deployment in of_kind("Deployment").items():
        own = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"].items() <= own.items(), name


def test_services_lead_to_ports_that_are_open() -> None:
    for name, service in of_kind("Service").items():
        ports = PODS[name]["spec"]["containers"][0]["ports"]
        assert service["spec"]["ports"][0]["targetPort"] in {port["name"] for port in ports}


def test_only_workers_reach_the_model_and_only_they_and_the_ledgers_job_the_databases() -> None:
    policies = {name: policy["spec"] for name, policy in of_kind("NetworkPolicy").items()}
    closed = policies["nothing-by-default"]
    assert closed == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    (rule,) = policies["vllm"]["ingress"]
    sources = [peer["podSelector"] for peer in rule["from"] if "podSelector" in peer]
    assert sources == [{"matchLabels": {"app.kubernetes.io/name": "bioql-worker"}}]
    selector = policies["to-databases"]["podSelector"]["matchLabels"]
    allowed = {n for n, p in PODS.items() if selector.items() <= p["metadata"]["labels"].items()}
    assert allowed == {"bioql-worker", "bioql-ledger"}


def test_images_are_of_one_version_and_the_same_as_composes() -> None:
    images = {c["image"] for pod in PODS.values() for c in pod["spec"]["containers"]}
    vllm = compose_services()["vllm"]["image"]
    assert images == {f"registry.example.org/bioql-worker:{bioql_lsp.__version__}", vllm}


def test_vllm_is_started_as_compose_starts_it() -> None:
    service = compose_services()["vllm"]
    (container,) = PODS["vllm"]["spec"]["containers"]
    assert [*container["command"], *container["args"]] == service["entrypoint"] + service["command"]
    assert container["resources"]["limits"]["nvidia.com/gpu"] == 1


@pytest.fixture(scope="module")
def worker_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("worker")
    ledger = f"sqlite:///{folder / 'ledger.sqlite3'}"
    Ledger.create(ledger)
    with running_worker(folder, "--port", "0", "--ledger", ledger) as worker:
        yield worker.announcement()["url"]


def test_the_ingress_leads_to_every_endpoint_but_the_metrics(worker_url: str) -> None:
    described = httpx.get(f"{worker_url}/openapi.json").json()["paths"]
    served = set(described) | {"/docs", "/openapi.json"}
    (rule,) = of_kind("Ingress")["bioql"]["spec"]["rules"]
    paths = rule["http"]["paths"]
    assert served - {"/metrics"} == {path for path in served if _is_public(path, paths)}
    assert not _is_public("/metrics", paths)
    assert not _is_public("/v1beta", paths)


def test_probes_ask_for_what_a_worker_answers(worker_url: str) -> None:
    (container,) = PODS["bioql-worker"]["spec"]["containers"]
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        probe = container[kind]["httpGet"]
        assert httpx.get(f"{worker_url}{probe['path']}").status_code == 200
        assert {"name": probe["port"], "containerPort": 8475} in container["ports"]


def _is_public(path: str, rules: list[dict[str, Any]]) -> bool:
    """By the rules of Ingress: a prefix ends at a slash."""
    return any(
        path == rule["path"]
        or (rule["pathType"] == "Prefix" and path.startswith(f"{rule['path'].rstrip('/')}/"))
        for rule in rules
    )
