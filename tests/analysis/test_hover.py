"""What is told about the place under the cursor."""

from __future__ import annotations

import pytest

from bioql_lsp.analysis.analysis import analyse, analyse_cells
from bioql_lsp.analysis.hover import Hover, hover
from bioql_lsp.analysis.options import Options

HEAD = "from bioql import quantum\n"


def over(text: str, options: Options | None = None) -> tuple[Hover | None, str]:
    """The hover at the mark ``|``, and the text that it is about."""
    offset = text.index("|")
    plain = text.replace("|", "", 1)
    found = hover(analyse(plain, options or Options()), offset)
    return found, plain[found.span.start : found.span.end] if found else ""


def told(text: str, options: Options | None = None) -> str:
    found, _ = over(text, options)
    assert found is not None
    return found.markdown


@pytest.mark.parametrize(
    ("text", "about", "documented"),
    [
        ("from bioql import qua|ntum\n", "quantum", "bioql.quantum_connector.quantum"),
        ("from bioql import quantum as |q\n", "q", "bioql.quantum_connector.quantum"),
        (HEAD + "😀 = 1; quan|tum('x', k)\n", "quantum", "bioql.quantum_connector.quantum"),
        ("import bioql.com|piler as c\n", "compiler", "bioql.compiler"),
        ("import bi|oql.compiler\n", "bioql", "bioql"),
        ("import bioql as bq\nb|q.quantum\n", "bq", "bioql"),
        ("import bioql\nbioql.quan|tum\n", "quantum", "bioql.quantum_connector.quantum"),
        (HEAD + "q = quantum\nq|('x', k)\n", "q", "bioql.quantum_connector.quantum"),
        (
            HEAD + "def f():\n    r = quantum('x', k)\n    return r.prob|abilities()\n",
            "probabilities",
            "bioql.quantum_connector.QuantumResult.probabilities",
        ),
        (
            HEAD + "r = quantum('x', k)\nr.cou|nts\n",
            "counts",
            "bioql.quantum_connector.QuantumResult.counts",
        ),
    ],
)
def test_a_name_of_bioqls_is_told_wherever_it_stands(
    text: str, about: str, documented: str
) -> None:
    found, written = over(text)
    assert found is not None
    assert (written, found.documented) == (about, documented)


@pytest.mark.parametrize(
    "text",
    [
        "import o|s\n",
        "import os\nos.pa|th\n",
        "quan|tum = 1\n",
        HEAD + "import os\nos.environ|['K']\n",
        HEAD + "import os\nquantum('x', os.environ['|K'])\n",
        HEAD + "x| = 'Create a Bell state'\n",
        HEAD + "x = 'plain| text'\n",
        HEAD + "def f(quantum):\n    return quan|tum\n",
        HEAD + "# a com|ment about quantum\n",
        HEAD + "print(sho|ts=1)\n",
        HEAD + "r = quantum('x', k)\nr| = 1\n",
        "from . import quan|tum\nfrom bioql import dna\n",
    ],
)
def test_plain_python_is_left_alone(text: str) -> None:
    assert over(text)[0] is None


def test_the_truth_comes_before_everything_else() -> None:
    text = told("from bioql import quick_bench|mark\n")
    head, truth, *_ = text.split("\n\n")
    assert head.startswith("```python\ndef quick_benchmark(")
    assert truth.startswith("**Broken in 7.0.1:** Raises TypeError")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("from bioql import search_chem|bl\n", "**Always None:**"),
        ("from bioql.resistance_profiler import analyze_resistance_pro|file\n", "**Placeholder:**"),
        ("from bioql import Quantum|Simulator\n", "**Not in BioQL 7.0.1.** Versions that have it"),
        ("import bioql.bat|cher\n", "**Broken in 7.0.1:**"),
        ("import bioql.visual|ization\n", "Cannot be imported until plotly is installed."),
        ("from bioql import quick_bench|mark\n", "Not the same as `bioql.benchmarks."),
        ("from bioql import quick_bench|mark\n", "In BioQL since 5.0.0."),
        (
            HEAD + "r = quantum('x', k)\nr.state|vector\n",
            "Always None: hardware gives counts only.",
        ),
    ],
)
def test_what_is_special_about_a_name_is_said_in_words(text: str, part: str) -> None:
    assert part in told(text)


def test_a_requirement_that_is_installed_is_not_mentioned() -> None:
    options = Options(distributions=frozenset({"plotly"}))
    assert "plotly" not in told("import bioql.visual|ization\n", options)


def test_a_version_that_is_not_known_says_which_one_is_told() -> None:
    assert "Told from BioQL 5.0.0" in told(HEAD + "quan|tum\n", Options("5.2.0"))


def test_a_long_signature_has_a_line_for_each_parameter() -> None:
    lines = told(HEAD + "quan|tum\n").splitlines()
    assert "    shots: int = 1024," in lines
    assert ") -> QuantumResult" in lines


CALL = HEAD + "quantum('Create a Bell state', key, {})\n"


@pytest.mark.parametrize(
    ("arguments", "about", "parts"),
    [
        (
            "back|end='ibm_torino', shots=100",
            "backend",
            ["`ibm_torino`: quantum hardware, 133 qubits, 3.00 USD a shot.", "**300 USD**"],
        ),
        ("backend='ibm_to|rino', shots=n", "'ibm_torino'", ["3.00 USD a shot at ibm_torino"]),
        ("'sim|ulator'", "'simulator'", ["the local simulator, which BioQL 7 refuses"]),
        ("backend='ibm_torino', shots=1|00", "100", ["shots: int = 1024", "**300 USD**"]),
        ("mitigation=['read|out']", "'readout'", ["mitigation:", "Parameter of `quantum`."]),
        ("mode='x|y'", "'xy'", ["mode:"]),
    ],
)
def test_an_argument_is_told_by_its_keyword_and_by_its_value(
    arguments: str, about: str, parts: list[str]
) -> None:
    text = CALL.format(arguments)
    found, written = over(text)
    assert found is not None
    assert written == about
    assert all(part in found.markdown for part in parts), found.markdown


def test_a_key_is_never_repeated() -> None:
    assert "bioql_live" not in told(HEAD + "quantum('x', api_key='bioql_live_5|ecre7')\n")


def test_a_backends_name_cannot_act_as_markdown() -> None:
    text = told(CALL.format("backend='a`[x](command:y)`|'"))
    assert "``a`[x](command:y)` ``" in text or "`` a`[x](command:y)` ``" in text


def test_a_sentence_is_told_as_what_it_compiles_to() -> None:
    found, written = over(CALL.format("'ibm_torino'").replace("Bell", "Be|ll"))
    assert found is not None
    assert "**Compiles to 2 qubits**" in found.markdown
    assert written in {"Bell state", "Create a Bell state"}


def test_a_sentence_is_told_where_it_is_written_although_the_call_stands_elsewhere() -> None:
    text = "P = 'h qubit 0. measure qubi|t 0'\n" + HEAD + "print(1)\nquantum(P, key)\n"
    found, written = over(text)
    assert found is not None
    assert "Compiles to 1 qubit" in found.markdown
    assert written == "qubit 0"


@pytest.mark.parametrize(
    "program", ["f'Pre|pare {n} qubits'", "'  | '", "'Create a Bell st|ate'"], ids=range(3)
)
def test_what_is_not_compiled_is_told_as_the_parameter(program: str) -> None:
    options = Options("5.0.0") if "Bell" in program else Options()
    assert "program: str" in told(HEAD + f"quantum({program}, key)\n", options)


def test_the_mode_decides_what_a_sentence_means() -> None:
    sentence = "'Score CRISPR guide GATACCATGATCACGAA|GGT'"
    assert "**Scores the guide**" in told(HEAD + f"quantum({sentence}, '', mode='crispr')\n")


def test_a_cell_is_told_with_the_names_of_the_others() -> None:
    cells = analyse_cells(["from bioql import quantum\n", "quantum('Create a Bell state', k)\n"])
    found = hover(cells.view(1), 3)
    assert found is not None
    assert found.documented == "bioql.quantum_connector.quantum"
    assert (found.span.start, found.span.end) == (0, 7)


@pytest.mark.parametrize("text", ["", "\n", "from bioql import (", "quantum('"])
def test_every_place_of_an_unfinished_text_can_be_asked_about(text: str) -> None:
    analysis = analyse(HEAD + text)
    for offset in range(len(HEAD + text) + 1):
        hover(analysis, offset)
