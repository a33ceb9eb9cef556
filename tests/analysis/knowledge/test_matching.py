from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.knowledge.entities import MOLECULES, PROTEINS, TARGETS, Entity
from bioql_lsp.analysis.knowledge.matching import mentions_in

EVERYTHING = (*MOLECULES, *TARGETS, *PROTEINS)
NAMES = [(each, name) for each in EVERYTHING for name in (*each.names, *each.names_es)]


def named(text: str) -> list[tuple[str, str]]:
    return [(mention.entity.names[0], mention.spelling) for mention in mentions_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dock aspirin into COX-2", [("aspirin", "aspirin"), ("COX-2", "COX-2")]),
        ("cox2, COX 2 y Cox-2", [("COX-2", "cox2"), ("COX-2", "COX 2"), ("COX-2", "Cox-2")]),
        ("la CAFEÍNA y la cafeina", [("caffeine", "CAFEÍNA"), ("caffeine", "cafeina")]),
        ("cafei\u0301na", [("caffeine", "cafei\u0301na")]),
        ("ácido acetilsalicílico", [("aspirin", "ácido acetilsalicílico")]),
        ("TNF-\u03b1, TNF\u03b1", [("TNF-alpha", "TNF-\u03b1"), ("TNF-alpha", "TNF\u03b1")]),
        ("2,4-D and 5-FU", [("2,4-D", "2,4-D"), ("fluorouracil", "5-FU")]),
        ("5HT2A or 5-HT2A", [("5-HT2A", "5HT2A"), ("5-HT2A", "5-HT2A")]),
        ("benzo[a]pyrene", [("benzopyrene", "benzo[a]pyrene")]),
        ("the insulin receptor", [("insulin receptor", "insulin receptor")]),
        ("KRAS G12C", [("KRAS G12C", "KRAS G12C")]),
        ("is aspirin_smiles set", [("aspirin", "aspirin")]),
        ("amyloid\nbeta 42", [("amyloid beta 42", "amyloid\nbeta 42")]),
        ("3d geometry of water", [("water", "water")]),
        ("dock it into kinase", [("PKA", "kinase")]),
        ("acopla a ACE", [("ACE", "ACE")]),
        ("dock it into hERG", [("hERG", "hERG")]),
    ],
)
def test_what_is_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cox2b and aspirins",
        "a summer camp",
        "see src/main.py",
        "open mtor.pdb and aspirin.smi",
        "the pKa of it",
        "I will ace it",
        "remove water molecules from the receptor",
        "a tyrosine kinase inhibitor",
        "predict lysine acetylation",
        "el receptor de dopamina",
        "glucose-6-phosphate",
        "nitro aniline",
        "acetic. acid",
        "kinase inhibitors",
        "una rutina",
        "hERG risk of it",
        "is it a CYP3A4 inhibitor",
    ],
)
def test_what_is_not_named(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text", ["Ki for CYP3A4", "afinidad con hERG", "dock it, diana=CYP2D6", "CYP3A4 poses"]
)
def test_what_breaks_molecules_down_is_a_target_where_a_text_is_about_docking(text: str) -> None:
    assert len(named(text)) == 1


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("dock to COX-2 and say whether it inhibits CYP3A4", ["5IKT"]),
        ("affinity to 6LU7 and hERG toxicity", []),
        ("the pose count and the CYP3A4 substrate flag", []),
    ],
)
def test_what_breaks_molecules_down_is_no_target_beside_another(
    text: str, targets: list[str]
) -> None:
    assert [each.entity.value for each in mentions_in(text)] == targets


@pytest.mark.parametrize(("entity", "name"), NAMES)
def test_every_name_is_found(entity: Entity, name: str) -> None:
    text = f"dock to {name} now"
    found = mentions_in(text)
    assert [each.entity.value for each in found] == [entity.value]
    assert [text[each.start : each.end] for each in found] == [each.spelling for each in found]


words = st.one_of(
    st.sampled_from([name for _, name in NAMES]),
    st.sampled_from(
        ["-", " ", "  ", "\n", "_", ",", "/", "[", "]", "\u0301", "\u0130", "\u00df", "2"]
    ),
    st.text(max_size=8),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(words, max_size=20).map("".join))
def test_mentions_are_pieces_of_the_text_in_order(text: str) -> None:
    end = 0
    for mention in mentions_in(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.spelling == text[mention.start : mention.end]
        end = mention.end


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.text(max_size=20), st.text(max_size=20))
def test_a_name_on_lines_of_its_own_is_found(
    named: tuple[Entity, str], before: str, after: str
) -> None:
    entity, name = named
    text = f"{before}.\n\n.dock {name}.\n\n.{after}"
    assert entity.value in [mention.entity.value for mention in mentions_in(text)]


@pytest.mark.parametrize(
    "piece",
    [
        "acido ",
        "a",
        "a1",
        "cox 2 ",
        "hiv 1 ",
        "1,",
        "\u00e9",
        "e\u0301",
        "\u0301",
        "\u0130",
        "- ",
        "\n",
        "\0",
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (262_144 // len(piece))
    started = time.process_time()
    mentions_in(text)
    assert time.process_time() - started < 4
