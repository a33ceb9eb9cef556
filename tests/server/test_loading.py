"""What is loaded when: nothing static waits for what only the model needs."""

from __future__ import annotations

import subprocess
import sys

from bioql_lsp.server.features import (
    COMMANDS,
    FEATURES,
    MODEL_TARGETS,
    load,
    static_targets,
)

STATIC_COMMANDS = ("bioql.explain", "bioql.estimate", "bioql.simulate")
PROGRAM = """
import sys
from bioql_lsp.server.features import load
for target in sys.argv[1:]:
    load(target)
    print(target, *{"httpx", "pydantic", "bioql_lsp.wire", "rich", "typer"} & set(sys.modules))
"""


def test_no_static_feature_loads_the_http_client_or_the_wire() -> None:
    static = [each.target for each in FEATURES if "inline" not in each.target]
    static += [COMMANDS[name] for name in STATIC_COMMANDS]
    command = [sys.executable, "-c", PROGRAM, *static]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    assert finished.stdout.split("\n")[:-1] == static


def test_everything_is_loaded_once_and_completion_first() -> None:
    order = (*static_targets(), *MODEL_TARGETS)
    assert {*(each.target for each in FEATURES), *COMMANDS.values()} <= set(order)
    assert len(order) == len(set(order))
    assert all(callable(load(target)) for target in order)
    assert order[0] == "completion:completion"
    last_static = max(order.index(COMMANDS[name]) for name in STATIC_COMMANDS)
    for target in ("inline_completion:inline_completion", COMMANDS["bioql.generate"]):
        assert order.index(target) > last_static
