"""The values that parameters take: each named parameter exists, each default is a value."""

from __future__ import annotations

import ast

import pytest

from bioql_lsp.analysis.api.load import load
from bioql_lsp.analysis.literal_domains import DOMAINS, Domain, domain_of

CASES = [(dotted, name) for dotted, parameters in DOMAINS.items() for name in parameters]


@pytest.mark.parametrize(("dotted", "name"), CASES)
def test_the_parameter_exists_and_its_default_is_one_of_the_values(dotted: str, name: str) -> None:
    symbol = load().lookup(dotted)
    assert symbol is not None
    assert symbol.dotted == dotted
    parameter = next(p for p in symbol.parameters or () if p.name == name)
    domain = domain_of(dotted, name)
    assert domain is not None
    if parameter.default not in {None, "None", "..."}:
        assert domain.values[0] == ast.literal_eval(str(parameter.default))


@pytest.mark.parametrize(("dotted", "name"), CASES)
def test_there_is_a_note_for_some_values_at_most(dotted: str, name: str) -> None:
    domain = DOMAINS[dotted][name]
    assert len(domain.notes) <= len(domain.values)
    assert len(set(domain.values)) == len(domain.values)
    assert not domain.otherwise.endswith(".")


@pytest.mark.parametrize(
    ("value", "is_allowed"),
    [("a", True), ("b", True), ("A", False), ("c", False), (1, True), (True, False), (None, False)],
)
def test_a_value_is_allowed_as_it_is_spelled(value: object, is_allowed: bool) -> None:
    assert Domain(("a", 1), "fails", accepted=("b",)).allows(value) is is_allowed


def test_capitals_are_allowed_where_the_call_ignores_them() -> None:
    assert Domain(("a",), "fails", ignores_case=True).allows("A")


def test_other_parameters_have_no_list_of_values() -> None:
    assert domain_of("bioql.quantum_connector.quantum", "shots") is None
    assert domain_of("print", "sep") is None
