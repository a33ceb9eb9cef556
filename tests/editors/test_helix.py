"""Findings, fixes, completion and the server's commands in a real Helix."""

from __future__ import annotations

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

# [say:nt(result.counts)]
"""
GUTTER_MARK = "●"

Open = Callable[..., Terminal]


@pytest.fixture
def open_file(home: Path, project: Path) -> Iterator[Open]:
    """Opens a text in Helix, set up as its users are told to; it comes up in normal mode."""
    windows: list[Terminal] = []

    def open_text(text: str, worker: DemoWorker | None = None) -> Terminal:
        settings = home / ".config" / "helix"
        settings.mkdir(parents=True)
        (settings / "languages.toml").write_text(CONFIG.read_text())
        file = project / "program.py"
        file.write_text(text)
        known = worker.environment() if worker else {}
        environment = user_environment(home, **known)
        windows.append(Terminal(home, "helix", [editor("hx"), str(file)], environment, project))
        return windows[-1]

    yield open_text
    for window in windows:
        window.close()


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
    window.type("opri")
    window.wait_for("print(result.counts)", deadline_seconds=60)
    window.save("helix-4-model")
    window.press("Tab")
    window.wait_for("BioQL model")
    window.press("Enter")
    window.wait_for("  print(result.counts)\n")


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
