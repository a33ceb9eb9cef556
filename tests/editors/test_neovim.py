"""The main job in a real Neovim: see it, fix it, let it write, see the cost."""

from __future__ import annotations

import json
import os
import signal
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.editors.neovim import Neovim, Open, choose_action
from tests.editors.support import DemoWorker, local_worker_note

pytestmark = [pytest.mark.editors, pytest.mark.timeout(240)]

FAULTY = '''\
"""Entangle two qubits and look at the counts."""

from bioql import quantum

result = quantum("Create a Bell state", backend="torino", num_shots=100)
print(result.counts)
'''
HALF_WRITTEN = """\
import os

from bioql import quantum

result = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
)
print(result.counts)
"""
# Behind this a new line is opened.
LAST_ARGUMENT = 'api_key=os.environ["BIOQL_API_KEY"],'
FIX_TITLE = "Rename num_shots to shots"
BROKEN = "from bioql import quantum\n\ncount = = 1\n"
EMPTY = '"""Here comes a program."""\n\n'
REQUEST = "BioqlGenerate make a bell state on ibm torino"
# The scripted engine stops in the middle of this one.
ENDLESS_REQUEST = f"{REQUEST} [hang]"


@pytest.fixture(params=["scripted_worker", "demo_worker"], ids=["scripted", "embedded"])
def worker(request: pytest.FixtureRequest) -> DemoWorker:
    """The worker with the scripted engine, then the one with the embedded model."""
    chosen: DemoWorker = request.getfixturevalue(request.param)
    return chosen


def said_by_bioql(window: Neovim) -> list[str]:
    return [line for line in window.messages().splitlines() if "BioQL" in line or "bioql" in line]


def balances(window: Neovim, worker: DemoWorker) -> bool:
    usage = window.usage()
    return usage is not None and Decimal(usage["balanceUsd"]) == worker.balance_usd()


def test_a_finding_is_shown_and_its_fix_from_the_menu_changes_the_file(
    open_in_neovim: Open,
) -> None:
    window = open_in_neovim(FAULTY)
    window.wait_until(lambda: "BQ021" in window.codes(), "a finding for num_shots")
    window.go_to("num_shots")
    window.command("lua vim.diagnostic.open_float()")
    window.terminal.wait_for("num_shots", "BQ021")
    window.terminal.save("neovim-1-finding")
    choose_action(window, "num_shots", FIX_TITLE, "neovim-2-quick-fix")
    window.wait_until(lambda: ", shots=100" in window.text(), "the fix in the text")
    window.wait_until(lambda: "BQ021" not in window.codes(), "the finding gone")


def test_the_menu_of_arguments_opens_without_a_worker(open_in_neovim: Open) -> None:
    nowhere = {"BIOQL_WORKER_URL": "http://127.0.0.1:9", "BIOQL_API_KEY": "unused"}
    window = open_in_neovim(HALF_WRITTEN, **nowhere)
    window.open_line_below(LAST_ARGUMENT)
    window.terminal.press("C-x", "C-o")
    window.terminal.wait_for("shots", "mode")
    window.terminal.save("neovim-3-completion")


def test_ghost_text_is_shown_accepted_and_paid_for_once(
    open_in_neovim: Open, worker: DemoWorker
) -> None:
    window = open_in_neovim(HALF_WRITTEN, worker)
    window.open_line_below(LAST_ARGUMENT)
    ghost = window.wait_until(window.ghost_text, "ghost text", 60)
    window.terminal.save("neovim-4-ghost-text")
    window.terminal.press("C-l")
    expected = HALF_WRITTEN.replace(LAST_ARGUMENT, f"{LAST_ARGUMENT}\n    {ghost}").rstrip("\n")
    window.wait_until(lambda: window.text() == expected, "the ghost text in the file")
    window.wait_until(lambda: balances(window, worker), "the ledger's balance in the editor")
    usage = window.usage() or {}
    assert Decimal(usage["sessionUsd"]) > 0
    assert Decimal(10) - worker.balance_usd() == Decimal(usage["sessionUsd"])
    window.terminal.wait_for("BioQL $", "left")
    window.terminal.save("neovim-5-accepted")


def test_generate_writes_checked_code_and_says_what_it_cost(
    open_in_neovim: Open, worker: DemoWorker
) -> None:
    window = open_in_neovim(EMPTY, worker)
    window.press_normal("G")
    window.command(REQUEST)
    window.wait_until(lambda: "quantum(" in window.text(), "the code", 60)
    window.terminal.wait_for("BioQL: ", "cost $", "left)")
    window.terminal.save("neovim-6-generated")
    assert window.text().startswith(EMPTY.rstrip("\n"))
    compile(window.text(), "generated.py", "exec")
    window.wait_until(lambda: balances(window, worker), "the ledger's balance in the editor")
    usage = window.usage() or {}
    assert Decimal(usage["costUsd"]) > 0
    assert Decimal(10) - worker.balance_usd() == Decimal(usage["costUsd"])


def test_the_models_fix_costs_nothing_until_it_is_chosen(
    open_in_neovim: Open, scripted_worker: DemoWorker
) -> None:
    window = open_in_neovim(BROKEN, scripted_worker)
    window.wait_until(window.codes, "a syntax error")
    window.go_to("count = =")
    window.terminal.type("gra")
    window.terminal.wait_for("Fix BioQL code", "Type number")
    window.terminal.press("Enter")
    assert scripted_worker.balance_usd() == Decimal(10)
    choose_action(window, "count = =", "Fix BioQL code", "neovim-8-fix-by-the-model")
    window.wait_until(lambda: window.text().endswith("\n\nvalue = 1"), "the fix")
    window.wait_until(lambda: balances(window, scripted_worker), "its cost")
    assert Decimal((window.usage() or {})["costUsd"]) > 0
    window.wait_until(lambda: not window.codes(), "the finding gone")


def test_the_balance_is_told_on_demand(open_in_neovim: Open, scripted_worker: DemoWorker) -> None:
    window = open_in_neovim(EMPTY, scripted_worker)
    window.command("BioqlBalance")
    window.terminal.wait_for("10.00")


def test_a_worker_killed_in_the_middle_costs_nothing_and_is_told_once(
    open_in_neovim: Open, scripted_worker: DemoWorker
) -> None:
    window = open_in_neovim(FAULTY, scripted_worker)
    window.press_normal("G")
    window.command(ENDLESS_REQUEST)
    window.wait_until(lambda: scripted_worker.held_usd() > 0, "a request under way")
    scripted_worker.kill()
    window.wait_until(lambda: said_by_bioql(window), "a message")
    window.terminal.save("neovim-7-worker-gone")
    # The findings go on: an edit clears one of them.
    window.command("%s/num_shots/shots/")
    window.wait_until(lambda: "BQ021" not in window.codes() and window.codes(), "fresh findings")
    assert len(said_by_bioql(window)) == 1, window.messages()
    assert "Traceback" not in window.messages()
    scripted_worker.restart()
    assert scripted_worker.balance_usd() == Decimal(10)


def test_a_wrong_key_is_told_once_and_never_shown(
    open_in_neovim: Open, scripted_worker: DemoWorker
) -> None:
    window = open_in_neovim(EMPTY, scripted_worker, BIOQL_API_KEY="bioql_test_wrong")
    window.press_normal("G")
    window.command("BioqlGenerate make a bell state")
    window.wait_until(lambda: said_by_bioql(window), "a message")
    assert len(said_by_bioql(window)) == 1, window.messages()
    assert "key" in window.messages()
    assert "bioql_test_wrong" not in window.messages()


def test_windows_share_one_local_worker_that_starts_on_demand(
    open_in_neovim: Open, home: Path
) -> None:
    note = local_worker_note(home)
    first = open_in_neovim(EMPTY)
    assert not note.exists()
    asked_locally(first)
    assert first.progress(), "the start of the worker is shown as progress"
    first.terminal.save("neovim-9-local-worker")
    started = note.read_text()
    second = open_in_neovim(EMPTY)
    asked_locally(second)
    assert note.read_text() == started


def test_a_local_worker_that_died_is_replaced_by_the_next_request(
    open_in_neovim: Open, home: Path
) -> None:
    window = open_in_neovim(EMPTY)
    first = asked_locally(window)
    note = local_worker_note(home)
    pid = json.loads(note.read_text())["pid"]
    os.kill(pid, signal.SIGKILL)
    second = asked_locally(window, first["id"])
    assert second["id"] != first["id"]
    assert json.loads(note.read_text())["pid"] != pid


def test_modules_of_the_open_project_are_not_run_by_the_local_worker(
    open_in_neovim: Open, home: Path, project: Path
) -> None:
    mark = home / "ran"
    for name in ("fastapi", "uvicorn", "bioql_lsp"):
        (project / f"{name}.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    asked_locally(open_in_neovim(EMPTY))
    assert not mark.exists()


def asked_locally(window: Neovim, last_id: str = "") -> dict[str, Any]:
    """Have something generated and wait for its bill, which is nothing on the user's machine."""

    def answered() -> dict[str, Any] | None:
        usage = window.usage()
        return usage if usage and usage["id"] != last_id else None

    window.press_normal("G")
    window.command(REQUEST)
    usage = window.wait_until(answered, "an answer of the local worker", 90)
    assert usage is not None
    assert Decimal(usage["costUsd"]) == 0
    return usage
