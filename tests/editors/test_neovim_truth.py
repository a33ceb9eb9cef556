"""What a real Neovim shows of the truth about a run, with no worker at all."""

from __future__ import annotations

import pytest

from tests.editors.neovim import Neovim, Open, choose_action

pytestmark = [pytest.mark.editors, pytest.mark.timeout(240)]

RUN = """\
import os

from bioql import quantum

bell = quantum(
    "Create a Bell state",
    api_key=os.environ["BIOQL_API_KEY"],
    backend="ibm_torino",
    shots=100,
)
if bell.success:
    print(bell.counts)
"""
SENTENCES = """\
# one sentence a line
Create a Bell state
Create a GHZ state on 3 qubits
"""
TERM = "Bell state"
LENS = "2 qubits · 300 USD at ibm_torino, 100 shots"
FREE_LENS = "Simulate locally, free"


def token_types(window: Neovim) -> list[str]:
    """The types of the tokens at the cursor."""
    found = "vim.lsp.semantic_tokens.get_at_pos() or {}"
    return list(window.lua(f"return vim.tbl_map(function(t) return t.type end, {found})"))


def colours(window: Neovim) -> list[str]:
    """The highlight groups that the tokens at the cursor have got."""
    found = "vim.inspect_pos().semantic_tokens"
    return list(window.lua(f"return vim.tbl_map(function(t) return t.opts.hl_group end, {found})"))


def test_a_run_has_its_cost_above_it_and_its_qubits_within_it(open_in_neovim: Open) -> None:
    window = open_in_neovim(RUN)
    window.terminal.wait_for(LENS, FREE_LENS, "→ 2 qubits", "≈ 300 USD")
    window.terminal.save("neovim-10-lens-and-hints")


def test_hovering_over_a_sentence_shows_its_circuit(open_in_neovim: Open) -> None:
    window = open_in_neovim(RUN)
    window.terminal.wait_for("→ 2 qubits")
    window.go_to(TERM)
    window.terminal.type("K")
    window.terminal.wait_for("Compiles to 2 qubits", "q1 ───⊕─M─")
    window.terminal.save("neovim-11-hover")


def test_the_words_that_decide_a_sentence_are_coloured(open_in_neovim: Open) -> None:
    window = open_in_neovim(RUN)
    window.go_to(TERM)
    window.wait_until(lambda: "type" in token_types(window), "a token for the term")
    window.wait_until(lambda: "@lsp.type.type.python" in colours(window), "its colour")
    window.go_to('a Bell state"')
    assert token_types(window) == []


def test_the_arguments_of_a_call_are_shown_while_it_is_written(open_in_neovim: Open) -> None:
    window = open_in_neovim(RUN)
    window.terminal.wait_for("→ 2 qubits")
    window.open_line_below('backend="ibm_torino",')
    window.terminal.press("C-s")
    window.terminal.wait_for("quantum(program")
    window.terminal.save("neovim-12-signature")


def test_the_lens_simulates_the_run_with_its_own_shots(open_in_neovim: Open) -> None:
    window = open_in_neovim(RUN)
    window.terminal.wait_for(LENS, FREE_LENS)
    window.go_to("quantum(")
    window.terminal.type("grx")
    menu = window.terminal.wait_for(FREE_LENS, "Type number")
    choice = next(line for line in reversed(menu.splitlines()) if FREE_LENS in line)
    window.terminal.type(choice.split(":")[0].strip())
    window.terminal.press("Enter")
    window.terminal.wait_for("100 shots", "00  ", "11  ", deadline_seconds=60)
    window.terminal.save("neovim-13-simulated")


def test_a_file_of_sentences_is_checked_explained_simulated_and_fixed(open_in_neovim: Open) -> None:
    window = open_in_neovim(SENTENCES, suffix=".bql")
    window.wait_until(lambda: "NL004" in window.codes(), "a finding for GHZ")
    window.terminal.wait_for("→ 2 qubits")
    window.go_to(TERM)
    window.command("BioqlExplain")
    window.terminal.wait_for("Gates:", "1 h, 1 cnot, 2 measure")
    window.terminal.save("neovim-14-explained")
    window.command("BioqlSimulate")
    window.terminal.wait_for("1,000 shots", deadline_seconds=60)
    choose_action(window, "GHZ", "Spell out the GHZ state", "neovim-15-sentence-fix")
    window.wait_until(lambda: "GHZ" not in window.text(), "the fix in the text")
    window.wait_until(lambda: not window.codes(), "the finding gone")
    assert not window.lua("return vim.fn.exists(':BioqlGenerate') > 0")
