"""Names of diseases, genes, metabolites and proteins: found, and spelt as usual."""

from __future__ import annotations

import re

import pytest

from bioql_lsp.analysis.knowledge.names import names_pattern, usual_spelling, usual_spellings

NAME = re.compile(names_pattern())


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("a drug for Malaria", "malaria"),
        ("la depresión", "depression"),
        ("la depresion", "depression"),
        ("alzheimer's disease", "Alzheimer"),
        ("triptófano", "tryptophan"),
        ("lung cancer", "lung cancer"),
        ("stage of cancer", "cancer"),
        ("exons of tp53", "TP53"),
        ("gene APP", "APP"),
        ("where is the gene met", "MET"),
        ("exones del gen kit", "KIT"),
        ("the myc gene", "MYC"),
        ("fold leptina", "leptin"),
        ("fba of e_coli_core", "e_coli_core"),
        ("HLA-B", "HLA-B"),
    ],
)
def test_a_name_is_found_and_spelt_as_usual(text: str, usual: str) -> None:
    found = NAME.search(text)
    assert found is not None
    assert usual_spelling(found[0]) == usual


@pytest.mark.parametrize(
    "text",
    [
        "an app for my kit",
        "it met what the gene was",
        "oxygen met hydrogen app",
        "egfr-docking",
        "painful",
        "malaria.csv",
        "glp1r_run",
        "out/cancer",
        "",
    ],
)
def test_parts_of_words_paths_and_common_words_are_no_names(text: str) -> None:
    found = NAME.search(text)
    assert found is None or (text, found[0]) == ("malaria.csv", "malaria")


def test_the_longest_name_at_a_place_is_found() -> None:
    names = usual_spellings()
    assert len(names) > 800
    for name, usual in names.items():
        found = NAME.match(name)
        assert found is not None, name
        assert found[0] == name
        assert usual_spelling(found[0]) == usual


def test_usual_spellings_are_names_of_themselves() -> None:
    for usual in set(usual_spellings().values()):
        assert usual_spelling(usual) == usual
