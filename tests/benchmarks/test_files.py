"""The generated programs: exact, repeatable, valid, and with what the rules look for."""

from __future__ import annotations

import ast

import pytest

from bioql_lsp.analysis.registry import check
from tests.benchmarks.files import EDITED, SIZES, places, program, sites


@pytest.mark.parametrize("lines", [60, 61, *SIZES])
def test_a_program_has_exactly_the_lines_that_were_asked_for(lines: int) -> None:
    text = program(lines)
    assert text.count("\n") == lines
    assert text == program(lines)
    ast.parse(text)


@pytest.mark.parametrize("lines", SIZES)
def test_every_program_has_findings_of_ours(lines: int) -> None:
    codes = {finding.code for finding in check(program(lines))}
    assert "BQ007" in codes


@pytest.mark.parametrize("lines", SIZES)
def test_completions_are_asked_for_on_blank_lines(lines: int) -> None:
    rows = program(lines).split("\n")
    assert [rows[place.line] for place in places(program(lines))] == ["", "", ""]


@pytest.mark.parametrize("lines", SIZES[1:])
def test_keys_are_pressed_all_over_the_file_and_leave_valid_python(lines: int) -> None:
    rows = program(lines).split("\n")
    found = sites("\n".join(rows))
    assert len({site.line for site in found}) > 4 * len(EDITED)
    assert max(site.line for site in found) - min(site.line for site in found) > lines / 2
    for site in found:
        row = rows[site.line]
        rows[site.line] = row[: site.character] + site.typed + row[site.character :]
    ast.parse("\n".join(rows))
