"""What users are told to copy for their editor is one text in all the places that tell it."""

from __future__ import annotations

import re
import tomllib

from bioql_lsp.analysis.bql import LANGUAGE_IDS, SUFFIX
from tests.editors.neovim import CONFIG as NEOVIM
from tests.editors.neovim import set_up_lines
from tests.editors.support import ROOT

HELIX = ROOT / "editors" / "helix" / "languages.toml"


def test_the_neovim_page_shows_the_lines_at_the_head_of_the_file() -> None:
    page = (ROOT / "docs" / "neovim.md").read_text()
    shown = re.search(r"```lua\n(.*?)```", page, re.DOTALL)
    assert shown is not None
    assert shown.group(1).splitlines() == set_up_lines(NEOVIM.read_text())


def test_setting_up_neovim_takes_at_most_five_lines() -> None:
    assert 1 <= len(set_up_lines(NEOVIM.read_text())) <= 5


def test_helix_starts_the_server_for_sentences_and_beside_pythons_other_servers() -> None:
    languages = tomllib.loads(HELIX.read_text())
    server = languages["language-server"]["bioql"]
    assert [server["command"], *server["args"]] == ["bioql-lsp", "--stdio"]
    python, sentences = languages["language"]
    assert python["name"] == "python"
    assert "bioql" in python["language-servers"]
    assert len(python["language-servers"]) > 1
    assert sentences["name"] in LANGUAGE_IDS
    assert sentences["file-types"] == [SUFFIX.removeprefix(".")]
    assert sentences["language-servers"] == ["bioql"]


def test_no_setup_text_holds_a_key() -> None:
    for path in (NEOVIM, HELIX):
        assert not re.search(r"bioql_(test|live|dev)_", path.read_text())
