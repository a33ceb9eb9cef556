"""Repairs by our own rules."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.registry import check, rules
from bioql_lsp.analysis.syntax import parse
from bioql_lsp.text import Span
from bioql_lsp.training.corpus.breakage import BREAKERS
from bioql_lsp.wire import FindingOut
from bioql_lsp.worker.repair.repairing import least_change, rule_repair
from bioql_lsp.worker.repair.syntax import ranked_repairs
from bioql_lsp.worker.repair.trouble import Trouble
from tests.worker.programs import RUN

VQE = "from bioql.circuits import VQECircuit\n\n"


def reported(code: str, *codes: str) -> list[FindingOut]:
    return [
        FindingOut(
            code=f.code,
            severity=f.severity.value,
            message=f.message,
            start=f.span.start,
            end=f.span.end,
        )
        for f in check(code)
        if not codes or f.code in codes
    ]


def repaired(code: str, part: str | None = None, version: str = "7.0.1") -> str | None:
    """The code with ``part`` (all of it when left out) repaired."""
    start = 0 if part is None else code.index(part)
    span = Span(start, len(code) if part is None else start + len(part))
    piece = rule_repair(code, span, reported(code), version)
    return None if piece is None else code[: span.start] + piece + code[span.end :]


def swapped(old: str, new: str, code: str = RUN) -> str:
    assert old in code
    return code.replace(old, new, 1)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('    api_key=os.environ["BIOQL_API_KEY"],\n', ""),
        ('    backend="ibm_torino",\n', ""),
        ('os.environ["BIOQL_API_KEY"]', '"YOUR_API_KEY"'),
        ('os.environ["BIOQL_API_KEY"]', "None"),
        ('"ibm_torino"', '"simulator"'),
        ('"ibm_torino"', '"aer_simulator"'),
        ('"ibm_torino"', '"torino"'),
        ('"ibm_torino"', '"quantinuum_h2"'),
        ("shots=250", 'shots="250"'),
        ("shots=250", "shots=-250"),
        ("shots=250", "num_shots=250"),
        ("shots=250", "shts=250"),
        ("shots=250,", "shots=250,\n    token=None,"),
        ('"Create a Bell state"', '["Create a Bell state"]'),
        ('"Create a Bell state"', '"Create a Bel state"'),
        ("result.counts", "result.get_counts()"),
        ("result.counts", 'result["counts"]'),
        ("result.counts", "result.counts()"),
        ("result.error_message)", "result.error)"),
        ("if not result.success:\n    raise SystemExit(result.error_message)\n", ""),
        ("250,\n)", "250,\n"),
        ("    shots=250,\n)", "    shots=250\n"),
        ("print(result.counts)", "print(result.counts"),
        ("print(result.counts)", "printresult.counts)"),
        ("print(result.counts)", "print(result.counts))"),
        ('"ibm_torino"', '"ibm_torino'),
        ('"ibm_torino"', 'ibm_torino"'),
        ("success:", "success"),
        ("    raise", "raise"),
        ('"Create a Bell state",', '"Create a Bell state"'),
        ('["BIOQL_API_KEY"]', '["BIOQL_API_KEY"'),
    ],
)
def test_what_is_broken_in_one_place_becomes_what_it_was(right: str, wrong: str) -> None:
    broken = swapped(right, wrong)
    fixed = repaired(broken)
    assert fixed is not None
    assert fixed.replace(",\n)", "\n)") == RUN.replace(",\n)", "\n)")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            'from bioql import run_benchmark\n\nrun_benchmark("H2")\n',
            'from bioql import run_benchmrk\n\nrun_benchmrk("H2")\n',
        ),
        (
            'from bioql.chem import prepare_receptor\n\nprepare_receptor("a.pdb")\n',
            'from bioql import prepare_receptor\n\nprepare_receptor("a.pdb")\n',
        ),
        (
            'from bioql import predict_adme_local\n\npredict_adme_local("CCO")\n',
            'from bioql import predict_adme_local\n\npredict_adme_local("CCO", "fast")\n',
        ),
        (
            'from bioql import predict_adme_local\n\nsmiles = "CCO"\npredict_adme_local(smiles)\n',
            'from bioql import predict_adme_local\n\nsmiles = "CCO"\npredict_adme_local()\n',
        ),
        (
            'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)Oc1ccccc1C(=O)O")\n',
            'from bioql import predict_adme_local\n\npredict_adme_local("aspirin")\n',
        ),
        (
            'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)Oc1ccccc1C(=O)O")\n',
            'from bioql import predict_adme_local\n\npredict_adme_local("CC(=O)Oc1ccccc1C(=OO")\n',
        ),
        (
            "from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC(5, error_rate=0.005)\n",
            "from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC(5, error_rate=0.5)\n",
        ),
        (
            "from bioql import ShorCodeQEC, SurfaceCodeQEC\n\nSurfaceCodeQEC()\nShorCodeQEC()\n",
            "from bioql import SurfaceCodeQEC\n\nSurfaceCodeQEC()\nShorCodeQEC()\n",
        ),
        (
            VQE + "VQECircuit().estimate_resources(num_qubits=3)\n",
            VQE + "VQECircuit(num_qubits=3).estimate_resources()\n",
        ),
    ],
)
def test_what_no_rule_fixes_by_itself_is_mended_where_there_is_one_way(
    right: str, wrong: str
) -> None:
    assert repaired(wrong) == right


def test_a_handler_that_never_runs_becomes_a_check() -> None:
    handled = (
        "import os\n\nfrom bioql import BioQLError\nfrom bioql import quantum\n\n"
        'try:\n    result = quantum("Create a Bell state", os.environ["BIOQL_API_KEY"], '
        '"ibm_torino", 100)\nexcept BioQLError as error:\n    print(error)\nprint(result.counts)\n'
    )
    assert repaired(handled) == (
        "import os\n\nfrom bioql import quantum\n\n"
        'result = quantum("Create a Bell state", os.environ["BIOQL_API_KEY"], "ibm_torino", 100)\n'
        "if not result.success:\n    raise SystemExit(result.error_message)\nprint(result.counts)\n"
    )


def test_two_mistakes_are_mended_together() -> None:
    broken = swapped(
        "print(result.counts)", "print(result.get_counts()", swapped("shots=", "num_shots=")
    )
    assert repaired(broken) == RUN


def test_only_the_range_changes() -> None:
    broken = swapped('"ibm_torino"', '"torino"') + swapped("shots=250", "num_shots=250")
    start = broken.index("result = ")
    end = broken.index(")\nif")
    piece = rule_repair(broken, Span(start, end), [])
    assert piece is not None
    assert "num_shots" not in piece
    assert 'backend="ibm_torino"' in piece


def test_a_fix_that_reaches_outside_of_the_range_is_moved_into_it() -> None:
    unguarded = swapped("if not result.success:\n    raise SystemExit(result.error_message)\n", "")
    assert repaired(unguarded, "print(result.counts)") == RUN
    bare = swapped("import os\n\n", "", swapped('os.environ["BIOQL_API_KEY"]', '""'))
    assert repaired(bare, bare[bare.index("result") : bare.index("if")]) == (
        RUN.removeprefix("import os\n\n").replace("result = ", "import os\nresult = ", 1)
    )
    constant = 'BACKEND = "torino"\n' + swapped('"ibm_torino"', "BACKEND")
    part = constant[constant.index("result =") : constant.index("if")]
    assert repaired(constant, part) == constant.replace("backend=BACKEND", 'backend="ibm_torino"')


def test_what_leaves_a_choice_is_left_alone() -> None:
    for code in (
        'from bioql import predict_adme_local\n\npredict_adme_local("CC(C(=O")\n',
        "from bioql import predict_adme_local\n\npredict_adme_local()\n",
        'from bioql.docking import dock\n\ndock("receptor.pdb", backend="vina")\n',
        "from bioql import nothing_like_this_at_all\n\nnothing_like_this_at_all()\n",
        RUN.replace('"Create a Bell state"', '""'),
    ):
        assert repaired(code) is None


def test_a_finding_that_is_not_found_here_is_nobodys_to_judge() -> None:
    made_up = FindingOut(code="BQ015", severity="error", message="No package.", start=0, end=9)
    assert rule_repair(RUN, Span(0, len(RUN)), [made_up]) is None
    trouble = Trouble(RUN, Span(0, len(RUN)), [made_up], "7.0.1")
    assert trouble.shortfall(RUN.replace("250", "100")) == 0


def test_hints_are_mended_only_where_nothing_worse_is_reported() -> None:
    code = RUN.replace("print(result.counts)", "print(result.shots)")
    assert repaired(code) == code.replace("result.shots)", "result.total_shots)")
    worse = code.replace('"ibm_torino"', '"torino"')
    assert repaired(worse) == code


def test_a_huge_text_is_not_repaired_by_rules() -> None:
    broken = swapped('"ibm_torino"', '"torino"')
    assert repaired(broken + "x = 1\n" * 8_000) is not None
    assert repaired(broken + "x = 1\n" * 9_000) is None


def test_syntax_repairs_parse_and_the_likeliest_comes_first() -> None:
    broken = RUN.replace("print(result.counts)", "print(result.counts")
    found = [each.text for each in ranked_repairs(broken, Span(0, len(broken)))]
    assert found[0] == RUN
    assert len(set(found)) == len(found)
    assert not any(parse(text).is_broken for text in found)
    assert ranked_repairs(RUN, Span(0, len(RUN))) == []


def test_a_mistake_outside_of_the_range_is_not_looked_for() -> None:
    broken = RUN.replace("import os\n", "import os)\n")
    start = broken.index("print")
    assert ranked_repairs(broken, Span(start, len(broken))) == []


@pytest.mark.parametrize("each", rules(), ids=lambda each: each.code)
def test_every_bad_example_is_mended_soundly_or_left_alone(each: object) -> None:
    for code in each.bad:  # type: ignore[attr-defined]
        fixed = repaired(code)
        if fixed is None:
            continue
        assert not parse(fixed).is_broken
        wrong = [f for f in check(fixed) if f.severity is not Severity.INFORMATION]
        assert len(wrong) < max(len(check(code)), 1)


@settings(max_examples=60, deadline=None)
@given(
    st.text("()[]{}\"':,=\n\t abimportql_.", max_size=60), st.integers(0, 60), st.integers(0, 60)
)
def test_no_text_and_no_range_raises(code: str, start: int, length: int) -> None:
    code += "\nfrom bioql import quantum\n"
    span = Span(start, start + length)
    rule_repair(code, span, [])
    trouble = Trouble(code, span, [], "7.0.1")
    least_change(trouble, "print(1)", lambda: True)
    trouble.shortfall(code)


def test_most_breaks_of_a_program_are_mended_without_a_model() -> None:
    rng = Random(4)
    outcomes = [found for each in BREAKERS if (found := each.broken(rng, RUN)) is not None]
    assert len(outcomes) > 30
    mended = [repaired(found.code) for found in outcomes]
    assert sum(text is not None for text in mended) >= 0.95 * len(mended)
