"""Coordinates and box sizes become tuples where a request is about docking; all else stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bioql_lsp.worker.said_places import with_places


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        ("dock at 1,2,3", "dock at (1, 2, 3)"),
        ("vina center=[10,-4,22]", "vina center=(10, -4, 22)"),
        ("Dock, Box of 20 Angstroms", "Dock, Box of (20, 20, 20)"),
        ("dock, box of 20 A x 22 A x 24 A", "dock, box of (20, 22, 24)"),
        ("dock, box center: 1, 2, 3", "dock, box center: (1, 2, 3)"),
        ("vina, center 10 -4 22", "vina, center (10, -4, 22)"),
        ("acopla en (20,15.5,30)", "acopla en (20, 15.5, 30)"),
        ("poses at x=1.5 y=-2 z=3", "poses at (1.5, -2, 3)"),
        ("center x: 1, y: 2, z: 3 of it", "center (1, 2, 3) of it"),
        ("dock, box 20x22x24", "dock, box (20, 22, 24)"),
        ("dock in a box of 24 A", "dock in a box of (24, 24, 24)"),
        ("dock with 25 angstrom sides", "dock with (25, 25, 25) sides"),
        ("center=(1, 2, 3), box_size=(20, 20, 20)", "center=(1, 2, 3), box_size=(20, 20, 20)"),
    ],
)
def test_places_and_sizes_become_tuples(request_: str, meant: str) -> None:
    assert with_places(request_) == meant


@pytest.mark.parametrize(
    "request_",
    [
        "mean of 1, 2, 3",
        "dock 1,2,3-trichlorobenzene to COX-2",
        "residues of the pocket 120, 145, 188 and 201",
        "dock caffeine with seeds 1, 2, 3",
        "dock at exhaustiveness 8, 16, 32",
        "vina scores -7.1, -8.2, -9.3",
        "box with padding 5 A",
        "docker port 1, 2, 3 at 1 2 3",
        "dock with 4, 6, 8 qubits",
        "dock at 1, 2, 3, 4",
        "dock within 5 A of the ligand",
        "dock 3 ligands on 6 qubits",
        "dock to 1.2.3",
        "box of 20",
        "vina run 2024-11-30",
    ],
)
def test_all_else_stays(request_: str) -> None:
    assert with_places(request_) == request_


NUMBERS = st.one_of(st.integers(-99, 99).map(str), st.sampled_from(["0.5", "12.75", "-3.1"]))


@given(st.lists(NUMBERS, min_size=3, max_size=3), st.sampled_from([", ", ",", " "]))
def test_any_three_numbers_are_a_place(numbers: list[str], between: str) -> None:
    assert with_places(f"dock at {between.join(numbers)}") == f"dock at ({', '.join(numbers)})"


@given(st.text(alphabet="dock box (1, -2.5x) A=", max_size=60))
def test_once_is_enough(text: str) -> None:
    once = with_places(text)
    assert with_places(once) == once
