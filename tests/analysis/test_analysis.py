"""The analysis part by part, edit by edit, against the rules on the whole text."""

import ast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.analysis import analyse, analyse_cells
from bioql_lsp.analysis.registry import check, rules

STATEMENTS = [
    "import os\n",
    "import bioql\n",
    "import bioql as bq\n",
    "from bioql import quantum\n",
    "from bioql import quantum as q, compile_bioql\n",
    "from bioql import *\n",
    "from other import *\n",
    "from bioql.quantum_conector import quantum\n",
    "try:\n    from bioql import quantum\nexcept ImportError:\n    quantum = None\n",
    'KEY = os.environ["BIOQL_API_KEY"]\n',
    'KEY = "bioql_9f8e7d6c5b"\n',
    "KEY = None\n",
    'BACKEND = "simulator"\n',
    "BACKEND = 3\n",
    "run = quantum\n",
    "run = bq.quantum\n",
    "quantum = print\n",
    'r = quantum("Create a Bell state", KEY, backend=BACKEND)\n',
    'r = run("Create a Bell state", api_key=KEY, backend="ibm_torino", shots=0)\n',
    'r = bq.quantum("Create a Bell state", api_key=KEY, mode="crispr")\n',
    'quantum("Create a Bell state")\n',
    "print(r.counts)\n",
    "if not r.success:\n    raise SystemExit(r.error_message)\n",
    'def main():\n    r = quantum("x", KEY)\n    return r.counts\n',
    "class A:\n    KEY = 1\n    r = run(KEY)\n",
    "bioql.Circuit()\n",
    "compile_bioql('x')\n",
    "get_logger()\n",
    "x = 1  # bioql: ignore\n",
    'quantum("x", KEY)  # bioql: ignore[BQ008]\n',
    "# bioql: ignore[BQ002]\n",
    "# bioql: ignore-file[BQ007]\n",
    "é = '🧬'\n",
    "\n",
]
programs = st.lists(st.sampled_from(STATEMENTS), max_size=14)
EXAMPLES = [e for rule in rules() for e in (*rule.good, *rule.bad)]


def plain(findings):
    return [(f.code, f.severity, f.message, f.span) for f in findings]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_has_the_same_findings_part_by_part(text):
    assert plain(analyse(text).findings) == plain(check(text))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(programs, st.lists(st.tuples(st.integers(0, 13), st.sampled_from(STATEMENTS)), max_size=6))
def test_findings_after_edits_are_those_of_the_whole_text(statements, edits):
    analysis = analyse("".join(statements))
    assert plain(analysis.findings) == plain(check("".join(statements)))
    for at, statement in edits:
        if at % 3 and statements:
            statements[at % len(statements)] = statement
        else:
            statements.insert(at, statement)
        text = "".join(statements)
        analysis = analyse(text, before=analysis)
        assert plain(analysis.findings) == plain(check(text))
        assert plain(analyse(text).findings) == plain(check(text))


@settings(max_examples=200, deadline=None)
@given(programs, st.data())
def test_any_edit_of_characters_is_survived_and_forgotten_when_undone(statements, data):
    text = "".join(statements)
    analysis = analyse(text)
    expected = plain(analysis.findings)
    for _ in range(3):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 5)))
        new = data.draw(st.sampled_from(['"', "(", ")", "\n", "def ", "\0", '"""', "]", "#", ""]))
        broken = text[:start] + new + text[end:]
        analysis = analyse(broken, before=analysis)
        assert plain(analysis.findings) == plain(analyse(broken).findings)
    assert plain(analyse(text, before=analysis).findings) == expected


def test_only_what_an_edit_concerns_is_looked_at_again():
    lines = [f'r{n} = quantum("Create a Bell state", KEY, "ibm_torino", {n})\n' for n in range(300)]
    head = 'import os\nfrom bioql import quantum\nKEY = os.environ["BIOQL_API_KEY"]\n'
    before = analyse(head + "".join(lines))
    lines[150] = lines[150].replace("Bell", "Bel")
    after = analyse(head + "".join(lines), before=before)
    old = {id(part) for part in before.cells[0].parts}
    assert sum(id(part) not in old for part in after.cells[0].parts) <= 3


def test_a_name_that_changes_its_meaning_is_seen_in_every_part_that_uses_it():
    text = (
        'import os\nfrom bioql import quantum\nK = os.environ["K"]\nB = "ibm_torino"\n'
        + 'quantum("Create a Bell state", K, B, 100)\n' * 3
    )
    before = analyse(text)
    after = analyse(text.replace('"ibm_torino"', '"simulator"'), before=before)
    assert [f.code for f in after.findings].count("BQ007") == 3
    assert plain(analyse(text, before=after).findings) == plain(before.findings)


def test_an_alias_of_an_alias_is_followed_across_parts():
    text = 'import bioql as b\nq = b.quantum\nrun = q\nB = "simulator"\nD = B\nrun("x", "k", D)\n'
    codes = [f.code for f in analyse(text).findings]
    assert "BQ007" in codes
    assert plain(analyse(text).findings) == plain(check(text))


def test_cells_of_a_notebook_share_their_names():
    cells = [
        "from bioql import quantum\n",
        'B = "simulator"\n',
        'quantum("Create a Bell state", "k", B)\n',
    ]
    found = analyse_cells(cells).findings_by_cell
    assert [[f.code for f in cell] for cell in found][:2] == [[], []]
    assert "BQ007" in [f.code for f in found[2]]
    without = analyse_cells([cells[2]], before=analyse_cells(cells))
    assert without.findings_by_cell == ((),)


def test_a_finding_on_a_literal_in_another_cell_is_placed_there():
    cells = [
        'KEY = "bioql_9f8e7d6c5b"\n',
        'from bioql import quantum\nquantum("Create a Bell state", KEY, "ibm_torino", 100)\n',
    ]
    first, second = analyse_cells(cells).findings_by_cell
    assert "BQ003" in [f.code for f in first]
    assert cells[0][first[0].span.start : first[0].span.end] == '"bioql_9f8e7d6c5b"'
    assert "BQ003" not in [f.code for f in second]


@pytest.mark.parametrize(
    "text",
    ["a = b\nb = a\nimport bioql\na.x\n", "import bioql\n" + "x = x\n" * 400,
     "import bioql\n" + "".join(f"a{n} = a{n + 1}\n" for n in range(300))],
    ids=["circle", "itself", "chain"],
)  # fmt: skip
def test_aliases_in_circles_and_long_chains_end(text):
    ast.parse(text)
    assert plain(analyse(text).findings) == plain(check(text))


@pytest.mark.parametrize(
    "star", ["from bioql.compiler import *\n", "from bioql.compiler import **x\n"]
)
def test_a_star_import_from_a_module_wakes_the_parts_that_use_its_names(star):
    use = "parse_english_to_circuit('x qubit 0. cnot 0 1. measure everything')\n"
    for text in (star + use, use + star):
        assert "NL005" in [f.code for f in analyse(text).findings]
        assert plain(analyse(text).findings) == plain(check(text))


def test_an_alias_is_followed_when_what_it_stands_for_is_imported_later():
    text = "import bioql\nrun = quantum\nclass A:\n    KEY = 1\n    r = run(KEY)\n"
    before = analyse(text)
    assert before.findings == ()
    after = "from bioql import quantum\n" + text
    assert plain(analyse(after, before=before).findings) == plain(check(after)) != []
