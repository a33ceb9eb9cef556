"""``bioql-lsp explain`` as a script runs it: a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from bioql_lsp.analysis.program.compile import compile_sentence

LINES = 300


def explain(*arguments: str, lines: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "bioql_lsp.cli", "explain", *arguments],
        input=lines,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def as_json(*arguments: str):
    done = explain("--format", "json", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return json.loads(done.stdout)


def test_json_has_exactly_the_promised_keys_and_operations():
    answer = as_json("ccx 0 1 2")
    assert list(answer) == ["num_qubits", "context", "ops", "lints", "random"]
    assert answer["ops"] == [["cnot", [1], [0], []], ["ccx", [2], [0, 1], []]]
    assert (answer["num_qubits"], answer["context"], answer["random"]) == (3, "general", False)


def test_random_angles_are_the_word_random():
    answer = as_json("simulate protein folding of 2")
    assert answer["random"] is True
    assert ["ry", [1], [], "random"] in answer["ops"]


def test_a_lint_has_its_code_message_and_a_fix_that_applies():
    answer = as_json("ccx 0 1 2")
    lint = next(lint for lint in answer["lints"] if lint["fix"])
    assert lint.keys() == {"code", "message", "fix"}
    assert lint["fix"].keys() == {"title", "edits", "text"}
    assert "ccx" in [gate for gate, *_ in as_json(lint["fix"]["text"])["ops"]]


def test_a_sentence_that_bioql_refuses_gives_only_the_error():
    answer = as_json("read all qubits")
    assert list(answer) == ["error"]
    assert answer["error"].startswith("Failed to parse quantum circuit description: ")


def test_a_circuit_that_is_too_large_has_counts_instead_of_operations():
    answer = as_json("build superposition 1000000000")
    assert answer["truncated"] is True
    assert answer["gate_counts"] == {"h": 10**9, "measure": 10**9}
    assert answer["ops"] == []


def test_an_infinite_angle_and_a_number_of_4301_digits_are_valid_json():
    assert as_json("rx qubit 0 " + "9" * 400)["ops"][-1] == ["rx", [0], [], [float("inf")]]
    done = explain("--format", "json", "x qubit " + "9" * 4_300)
    assert done.returncode == 0
    assert b'"num_qubits": 1' + b"0" * 4_300 + b"," in done.stdout


def test_text_tells_the_qubits_their_origin_the_gates_and_what_was_ignored():
    done = explain("x qubit 3 please, then teleport")
    text = done.stdout.decode()
    assert "Qubits:  4, as many as qubit 3 needs" in text
    assert "Gates:   1 x" in text
    assert 'Ignored: "please, then teleport"' in text
    assert "q3 ─X─" in text


def test_text_tells_which_words_decided_and_what_is_random():
    text = explain("simulate protein folding of 2").stdout.decode()
    assert 'Reason:  the words "simulate" and "protein" and "fold" decide alone' in text
    assert "Random:" in text
    assert "RY(?)" in text


def test_text_of_a_sentence_that_bioql_refuses_says_so_and_why():
    text = explain("read all qubits").stdout.decode()
    assert text.startswith("BioQL can't compile this sentence. It says: Failed to parse")
    assert "BioQL fails on 'read all qubits'" in text


def test_qasm_and_svg_go_to_stdout():
    assert explain("--format", "qasm", "create a bell state").stdout.startswith(b"OPENQASM 3.0;")
    svg = explain("--format", "svg", "create a <bell> state").stdout
    assert ElementTree.fromstring(svg).tag.endswith("svg")


def test_qasm_of_a_circuit_that_cannot_run_exits_1_with_the_reason():
    done = explain("--format", "qasm", "cnot 1 1")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"names one qubit twice" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--stdin-jsonl", "create a bell state"),
        ("--stdin-jsonl", "--format", "svg"),
        ("--stdin-jsonl", "--simulate"),
        ("--simulate", "--format", "qasm", "create a bell state"),
        ("--format", "pdf", "create a bell state"),
    ],
)
def test_arguments_that_do_not_fit_exit_2_with_a_reason(arguments):
    done = explain(*arguments, lines=b"")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr


def test_300_lines_give_300_answers_in_order():
    texts = [f"x qubit {number}, İ{chr(0x1F600 + number % 70)}" for number in range(LINES)]
    done = explain(
        "--stdin-jsonl", lines="".join(json.dumps({"text": t}) + "\n" for t in texts).encode()
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert [answer["ops"] for answer in answers] == [
        [["x", [number], [], []]] for number in range(LINES)
    ]
    assert [answer["num_qubits"] for answer in answers] == [
        compile_sentence(text).num_qubits for text in texts
    ]


def test_a_bad_line_is_answered_in_its_place_and_the_rest_goes_on():
    bad = [b"{", b"", b"[1]", b'{"text": 5}', b"\xff\xfe", b"[" * 100_000, b"1" * 5_000]
    lines = [b'{"text": "x qubit 0"}', *bad, b'{"text": "read all qubits"}', b'{"text": "\\ud800"}']
    done = explain("--stdin-jsonl", lines=b"\n".join(lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert len(answers) == len(lines)
    assert all(list(answer) == ["error"] for answer in answers[1:-1])
    assert all("ops" in answer for answer in (answers[0], answers[-1]))


def test_a_line_is_answered_before_the_next_one_comes():
    with subprocess.Popen(
        [sys.executable, "-m", "bioql_lsp.cli", "explain", "--stdin-jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout
        for number in (1, 2):
            process.stdin.write(b'{"text": "x qubit %d"}\n' % number)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["num_qubits"] == number + 1
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_simulate_shows_a_histogram_or_says_why_not():
    pytest.importorskip("qiskit_aer")
    text = explain("--simulate", "--shots", "50", "flip qubit 0, read qubit 0").stdout.decode()
    assert "Simulated on this machine, 50 shots:\n  1      50 █" in text
    refused = explain("--simulate", "h qubit 0").stdout.decode()
    assert "Not simulated: Nothing is measured" in refused


def test_simulate_adds_counts_to_the_json():
    pytest.importorskip("qiskit_aer")
    answer = as_json("--simulate", "--shots", "50", "flip qubit 0, read qubit 0")
    assert answer["simulation"] == {"counts": {"1": 50}}
