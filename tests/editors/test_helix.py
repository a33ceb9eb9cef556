"""Findings, fixes, completion and the server's commands in a real Helix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.editors.support import (
    ROOT,
    DemoWorker,
    Terminal,
    editor,
    user_environment,
    wait_until,
)

pytestmark = [pytest.mark.editors, pytest.mark.timeout(240)]

CONFIG = ROOT / "editors" / "helix" / "languages.toml"
FAULTY = """\
from bioql import quantum

result = quantum("Create a Bell state", backend="ibm_torino", num_shots=100)
"""
HALF_WRITTEN = """\
import os

from bioql import quantum

KEY = os.environ["BIOQL_API_KEY"]
result = quantum("Create a Bell state", api_key=KEY, )
"""
# The scripted engine answers what the comment says.
ANSWERED = """\
import os

from bioql import quantum

KEY = os.environ["BIOQL_API_KEY"]
result = quantum("Create a Bell state", api_key=KEY)

# [say:da: result.counts]
"""
RUN = """\
import os

from bioql import quantum

bell = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
print(bell.counts)
"""
SENTENCES = """\
# one sentence a line
Create a Bell state
Create a GHZ state on 3 qubits
"""
GUTTER_MARK = "●"

Open = Callable[..., Terminal]


@pytest.fixture
def open_file(home: Path, project: Path) -> Iterator[Open]:
    """Opens a text in Helix, set up as its users are told to; it comes up in normal mode."""
    windows: list[Terminal] = []

    def open_text(
        text: str, worker: DemoWorker | None = None, name: str = "program.py"
    ) -> Terminal:
        settings = home / ".config" / "helix"
        settings.mkdir(parents=True)
        (settings / "languages.toml").write_text(CONFIG.read_text())
        (settings / "config.toml").write_text(shown_hints())
        file = project / name
        file.write_text(text)
        known = worker.environment() if worker else {}
        environment = user_environment(home, **known)
        windows.append(Terminal(home, "helix", [editor("hx"), str(file)], environment, project))
        return windows[-1]

    yield open_text
    for window in windows:
        window.close()


def shown_hints() -> str:
    """What the page on Helix has for ``config.toml``."""
    page = (ROOT / "docs" / "helix.md").read_text()
    shown = re.search(r"```toml\n(\[editor\.lsp\]\n.*?)```", page, re.DOTALL)
    assert shown is not None
    return shown.group(1)


def search(window: Terminal, text: str) -> None:
    """Select the first place of ``text``, starting in normal mode."""
    window.type(f"gg/{text}")
    window.press("Enter")


def type_behind(window: Terminal, text: str, typed: str) -> None:
    search(window, text)
    window.type(f"a{typed}")


def test_a_finding_stands_in_the_gutter_and_its_message_beside_the_code(open_file: Open) -> None:
    window = open_file(FAULTY)
    window.wait_for(GUTTER_MARK)
    search(window, "num_shots")
    window.wait_for(GUTTER_MARK, "no argument num_shots")
    window.save("helix-1-finding")


def test_a_fix_from_the_menu_changes_the_file(open_file: Open, project: Path) -> None:
    window = open_file(FAULTY)
    window.wait_for(GUTTER_MARK)
    search(window, "num_shots")
    window.type(" a")
    window.wait_for("Rename num_shots to shots")
    window.save("helix-2-quick-fix")
    window.press("Enter")
    window.type(":write")
    window.press("Enter")
    saved = project / "program.py"
    wait_until(
        lambda: ", shots=100" in saved.read_text(), "the fix in the file", detail=window.screen
    )


def test_the_menu_of_arguments_opens_while_typing(open_file: Open) -> None:
    window = open_file(HALF_WRITTEN)
    window.wait_for(GUTTER_MARK)
    type_behind(window, "api_key=KEY, ", "sho")
    window.wait_for("shots  ", "field")
    window.save("helix-3-completion")


def test_the_model_answers_in_the_menu_where_bioql_has_nothing_to_say(
    open_file: Open, scripted_worker: DemoWorker
) -> None:
    window = open_file(ANSWERED, scripted_worker)
    window.wait_for(GUTTER_MARK)
    search(window, "Create a Bell state")
    window.type("olamb")
    window.wait_for("lambda: result.counts", deadline_seconds=60)
    window.save("helix-4-model")
    window.press("Tab")
    window.wait_for("BioQL model")
    window.press("Enter")
    window.wait_for("  lambda: result.counts\n")


def test_the_commands_of_the_server_are_listed_and_run(
    open_file: Open, scripted_worker: DemoWorker
) -> None:
    window = open_file(FAULTY, scripted_worker)
    window.wait_for(GUTTER_MARK)
    window.type(":lsp-workspace-command")
    window.press("Enter")
    window.wait_for("bioql.balance", "bioql.generate", "bioql.restartWorker")
    window.save("helix-5-commands")
    window.type("balance")
    window.press("Enter")
    window.wait_for("10.00")
    window.save("helix-6-balance")


def test_a_run_shows_its_qubits_and_cost_and_a_sentence_its_circuit(open_file: Open) -> None:
    window = open_file(RUN)
    window.wait_for(GUTTER_MARK)
    # Helix asks for hints after a key was pressed.
    search(window, "Bell state")
    window.wait_for("→ 2 qubits", "≈ 300 USD")
    window.type(" k")
    window.wait_for("Compiles to 2 qubits", "q1 ───⊕─M─")
    window.save("helix-7-hover-and-hints")


def test_a_file_of_sentences_is_checked_and_completed(open_file: Open, project: Path) -> None:
    window = open_file(SENTENCES, name="sentences.bql")
    window.wait_for(GUTTER_MARK)
    search(window, "GHZ")
    window.wait_for("BioQL does not know 'GHZ'", "→ 2 qubits")
    window.type(" a")
    window.wait_for("Spell out the GHZ state of 3 qubits")
    window.press("Enter")
    window.wait_for("h qubit 0", "→ 3 qubits")
    window.type("oCreate a be")
    window.wait_for("Create a Bell state text")
    window.save("helix-8-sentences")
    window.press("Tab", "Enter")
    window.wait_for("4  Create a Bell state → 2 qubits")
