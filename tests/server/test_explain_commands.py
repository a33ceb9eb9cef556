"""The commands that explain, estimate, preview and simulate, asked as an editor asks them."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.server.harness import URI, Connection
from tests.server.places import place_of

TEXT = (
    "from bioql import quantum\r\n"
    'x = "😀é"; r = quantum("Create a Bell state", key, backend="ibm_torino", shots=100)\r\n'
    'quantum(f"Prepare {n} qubits", key, "ibm_torino", shots=n)\r\n'
    'quantum("Score CRISPR guide GATACCATGATCACGAAGGT", "", mode="crispr")\r\n'
    'quantum("rotate around", key, "simulator_mps")\r\n'
)
ROOT = Path(__file__).resolve().parents[2]
PREVIEW = {"bioqlClient": {"commands": ["bioql.previewCircuit"]}}
needs_qiskit = pytest.mark.skipif(
    importlib.util.find_spec("qiskit_aer") is None, reason="Qiskit is an extra"
)


def there(part: str) -> dict[str, Any]:
    return {"uri": URI, "position": place_of(TEXT, part, "utf-16")}


async def run(connection: Connection, command: str, argument: Any) -> Any:
    params = {"command": command, "arguments": [argument]}
    return await connection.request("workspace/executeCommand", params)


async def refusal(connection: Connection, command: str, argument: Any) -> str:
    params = {"command": command, "arguments": [argument]}
    error = await connection.error("workspace/executeCommand", params)
    return f"{error['code']} {error['message']}"


def messages(connection: Connection) -> list[str]:
    return [
        message["params"]["message"]
        for message in connection.received
        if message.get("method") == "window/showMessage"
    ]


@pytest.fixture
async def opened(ready: Connection) -> Connection:
    ready.open(TEXT)
    return ready


async def test_explaining_a_place_gives_what_the_command_line_prints(opened: Connection) -> None:
    answer = await run(opened, "bioql.explain", there("Bell state"))
    command = ("-m", "bioql_lsp.cli", "explain", "--format", "json", "Create a Bell state")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    printed, _ = await process.communicate()
    assert answer["explanation"] == json.loads(printed)
    assert "**Compiles to 2 qubits**" in answer["markdown"]
    assert answer["text"].startswith("Qubits:  2")
    assert messages(opened) == ["BioQL: this sentence gives 2 qubits: 1 h, 1 cnot, 2 measure."]


async def test_a_client_with_a_preview_gets_no_message(connection: Connection) -> None:
    await connection.initialize("vscode", initializationOptions=PREVIEW)
    answer = await run(connection, "bioql.explain", {"sentence": "h qubit 0"})
    assert answer["explanation"]["ops"] == [["h", [0], [], []]]
    assert messages(connection) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("use 1000000 qubits. superposition", {"truncated": True, "num_qubits": 1_000_000}),
        ("use 9000000000 qubits. superposition", {"truncated": True}),
        ("use 0 qubits", {"ops": []}),
        (f"rotate qubit 0 around x by {'9' * 400} radians", {"context": "general"}),
        (f"h qubit {'9' * 4200}", {"context": "general"}),
        (f"h qubit {'9' * 5000}", {}),
    ],
    ids=["long", "longer", "empty", "angle", "index", "unreadable"],
)
async def test_every_sentence_gets_an_answer_that_can_be_written(
    ready: Connection, sentence: str, expected: dict[str, Any]
) -> None:
    answer = await run(ready, "bioql.explain", {"sentence": sentence})
    explanation = answer["explanation"]
    assert expected.items() <= explanation.items()
    assert len(explanation.get("ops", [])) <= 20_000


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ({}, "-32602 bioql.explain takes a sentence, or uri and position."),
        ({"uri": URI}, "-32602 bioql.explain takes a sentence, or uri and position."),
        ({"sentence": 3}, "-32602 bioql.explain takes an object with sentence, uri"),
        ({"sentence": "x" * 100_001}, "-32602 sentence may have 100,000 characters"),
        (there("from"), "-32803 There is no sentence of BioQL's here."),
        (there("Prepare"), "-32803 This sentence can't be read"),
    ],
)
async def test_what_cannot_be_explained_is_refused_in_words(
    opened: Connection, argument: dict[str, Any], answer: str
) -> None:
    assert (await refusal(opened, "bioql.explain", argument)).startswith(answer)


async def test_a_place_in_the_call_means_its_sentence(opened: Connection) -> None:
    answer = await run(opened, "bioql.explain", there("backend"))
    assert answer["explanation"]["num_qubits"] == 2


async def test_all_runs_of_a_file_are_estimated(opened: Connection) -> None:
    answer = await run(opened, "bioql.estimate", {"uri": URI})
    assert [(r["line"], r["backend"], r["shots"], r["usd"]) for r in answer["runs"]] == [
        (1, "ibm_torino", 100, "300.00"),
        (2, "ibm_torino", None, None),
        (3, "simulator", 1024, "0.00"),
        (4, "simulator_mps", 1024, "1.024"),
    ]
    assert (answer["total_usd"], answer["unknown_count"]) == ("301.024", 1)


@pytest.mark.parametrize(("part", "line"), [("Bell state", 1), ("quantum(f", 2), ("mode=", 3)])
async def test_the_run_at_a_place_is_estimated_alone(
    opened: Connection, part: str, line: int
) -> None:
    answer = await run(opened, "bioql.estimate", there(part))
    assert [each["line"] for each in answer["runs"]] == [line]


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        (there("x ="), "-32803 There is no run here."),
        ({"uri": "file:///other.py"}, "-32803 file:///other.py is not open"),
        ({}, "-32602 bioql.estimate takes an object with uri, position: required field 'uri' "),
    ],
)
async def test_what_cannot_be_estimated_is_refused_in_words(
    opened: Connection, argument: dict[str, Any], answer: str
) -> None:
    assert (await refusal(opened, "bioql.estimate", argument)).startswith(answer)


async def test_a_file_without_runs_costs_nothing(ready: Connection) -> None:
    ready.open("import os\n")
    answer = await run(ready, "bioql.estimate", {"uri": URI})
    assert answer == {"runs": [], "total_usd": "0.00", "unknown_count": 0}


async def test_a_circuit_is_previewed_as_a_picture(opened: Connection) -> None:
    answer = await opened.request("bioql/previewCircuit", there("Bell"))
    assert answer["svg"].startswith("<svg ")
    assert {key: answer[key] for key in ("title", "sentence", "numQubits", "isRandom")} == {
        "title": "2 qubits: 1 h, 1 cnot, 2 measure",
        "sentence": "Create a Bell state",
        "numQubits": 2,
        "isRandom": False,
    }
    assert answer["lints"] == []


async def test_a_preview_lists_what_is_wrong_with_the_sentence(opened: Connection) -> None:
    answer = await opened.request("bioql/previewCircuit", there("rotate"))
    assert answer["lints"]
    assert {*answer["lints"][0]} == {"code", "message", "severity"}


async def test_in_crispr_mode_there_is_a_preview_without_a_picture(opened: Connection) -> None:
    answer = await opened.request("bioql/previewCircuit", there("CRISPR"))
    assert (answer["svg"], answer["numQubits"]) == ("", 0)
    assert "CRISPR" in answer["title"]


async def test_outside_of_a_sentence_there_is_no_preview(opened: Connection) -> None:
    assert await opened.request("bioql/previewCircuit", there("from")) is None


@pytest.mark.parametrize(
    "params", [None, [], "x", {}, {"uri": 3, "position": {}}, {"uri": URI, "position": None}]
)
async def test_a_preview_with_wrong_parameters_says_what_it_takes(
    opened: Connection, params: Any
) -> None:
    error = await opened.error("bioql/previewCircuit", params)
    assert error["code"] == -32602
    assert error["message"].startswith("bioql/previewCircuit takes ")
    assert "object with uri, position" in error["message"]


async def test_a_preview_needs_the_compiler_of_version_7(connection: Connection) -> None:
    options = {"bioql": {"bioqlVersion": "5.0.0"}}
    await connection.initialize("helix", initializationOptions=options)
    connection.open(TEXT)
    params = {"uri": URI, "position": place_of(TEXT, "Bell", "utf-8")}
    error = await connection.error("bioql/previewCircuit", params)
    assert error["message"].endswith("the version in force is 5.0.0.")


@needs_qiskit
async def test_a_simulation_counts_and_tells(opened: Connection) -> None:
    answer = await run(opened, "bioql.simulate", {**there("Bell"), "shots": 64})
    assert sum(answer["counts"].values()) == answer["shots"] == 64
    assert {*answer["counts"]} <= {"00", "11"}
    assert "64 shots" in answer["text"]
    (message,) = messages(opened)
    assert message.startswith("BioQL: simulated 64 shots here, free.")


@needs_qiskit
async def test_a_simulation_shows_progress_to_its_end(connection: Connection) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT)
    await run(connection, "bioql.simulate", {**there("Bell"), "shots": 8})
    begin = await connection.notification("$/progress")
    end = await connection.notification("$/progress", 1)
    assert (begin["value"]["kind"], begin["value"]["cancellable"]) == ("begin", True)
    assert (end["value"]["kind"], end["token"]) == ("end", begin["token"])


@needs_qiskit
@pytest.mark.parametrize("way", ["progress", "request"])
async def test_a_simulation_ends_when_the_user_cancels_it(connection: Connection, way: str) -> None:
    await connection.initialize("vscode")
    text = 'from bioql import quantum\nquantum("use 24 qubits. superposition", key)\n'
    connection.open(text)
    argument = {"uri": URI, "position": {"line": 1, "character": 9}, "shots": 100_000}
    params = {"command": "bioql.simulate", "arguments": [argument]}
    request_id = connection.send("workspace/executeCommand", params)
    begin = await connection.notification("$/progress")
    if way == "progress":
        connection.notify("window/workDoneProgress/cancel", {"token": begin["token"]})
    else:
        connection.notify("$/cancelRequest", {"id": request_id})
    answer = await connection.answer(request_id)
    assert answer["error"]["code"] == -32800
    end = await connection.notification("$/progress", 1)
    assert end["value"]["kind"] == "end"
    assert len(connection.answers(request_id)) == 1


@pytest.mark.parametrize(
    ("argument", "answer"),
    [
        ({**there("Bell"), "shots": 0}, "-32803 Ask for 1 to 100,000 shots."),
        ({**there("Bell"), "shots": "many"}, "-32602 bioql.simulate takes an object with uri"),
        (there("CRISPR"), "-32803 In CRISPR mode no circuit is compiled"),
        (there("rotate"), "-32803 Nothing is measured"),
        (there("from"), "-32803 There is no sentence of BioQL's here."),
    ],
)
async def test_what_cannot_be_simulated_is_refused_in_words(
    opened: Connection, argument: dict[str, Any], answer: str
) -> None:
    assert (await refusal(opened, "bioql.simulate", argument)).startswith(answer)


async def test_without_qiskit_a_simulation_says_what_to_install(
    opened: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "qiskit_aer.py").write_text(
        "raise ModuleNotFoundError(name='qiskit_aer')\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{ROOT}")
    answer = await refusal(opened, "bioql.simulate", there("Bell"))
    assert "pip install 'bioql-lsp[preview]'" in answer


@needs_qiskit
async def test_a_client_that_never_answers_about_progress_gets_its_counts(
    connection: Connection,
) -> None:
    await connection.initialize("vscode")
    connection.open(TEXT)
    asked = asyncio.Event()
    respond = connection._respond

    def ignore_progress(request: dict[str, Any]) -> None:
        if request["method"] == "window/workDoneProgress/create":
            asked.set()
        else:
            respond(request)

    connection._respond = ignore_progress  # type: ignore[method-assign]
    answer = await run(connection, "bioql.simulate", {**there("Bell"), "shots": 4})
    assert asked.is_set()
    assert answer["shots"] == 4
