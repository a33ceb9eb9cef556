"""Results: guards, attributes, calls and handlers, as they are found and mended."""

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.fixall import fix_all
from bioql_lsp.analysis.module import load_module
from bioql_lsp.analysis.registry import check, rules

HEAD = "import os\nfrom bioql import quantum\nKEY = os.environ['BIOQL_API_KEY']\n"
RUN = 'quantum("Create a Bell state", KEY, backend="ibm_torino", shots=100)'
CHECKED = f"{HEAD}r = {RUN}\nassert r.success\n"
CODES = {"BQ028", "BQ029", "BQ030", "BQ031", "BQ032", "BQ033", "BQ034"}


def found(text: str) -> list[str]:
    return [f.code for f in check(text) if f.code in CODES]


FIXED = {
    "a guard at the top of a file ends the program": (
        f"{HEAD}r = {RUN}  # run\nprint(r.counts)\n",
        f"{HEAD}r = {RUN}  # run\nif not r.success:\n    raise SystemExit(r.error_message)\n"
        "print(r.counts)\n",
    ),
    "a guard in a function raises": (
        f"{HEAD}def f():\n    r = {RUN}\n    return r.counts\n",
        f"{HEAD}def f():\n    r = {RUN}\n    if not r.success:\n"
        "        raise RuntimeError(r.error_message)\n    return r.counts\n",
    ),
    "a guard behind every run of a name": (
        f"{HEAD}if x:\n    r = {RUN}\nelse:\n    r = {RUN}\nprint(r.counts)\n",
        f"{HEAD}if x:\n    r = {RUN}\n    if not r.success:\n"
        f"        raise SystemExit(r.error_message)\nelse:\n    r = {RUN}\n"
        "    if not r.success:\n        raise SystemExit(r.error_message)\nprint(r.counts)\n",
    ),
    "a guard stands behind a call over several lines": (
        f"{HEAD}r = quantum(\n    'Create a Bell state',\n    KEY, 'ibm_torino', 100,\n)\n"
        "print(r.counts)",
        f"{HEAD}r = quantum(\n    'Create a Bell state',\n    KEY, 'ibm_torino', 100,\n)\n"
        "if not r.success:\n    raise SystemExit(r.error_message)\nprint(r.counts)",
    ),
    "a guard at the end of a file without a line break": (
        f"{HEAD}def f():\n    return r.counts\nr = {RUN}",
        f"{HEAD}def f():\n    return r.counts\nr = {RUN}\nif not r.success:\n"
        "    raise SystemExit(r.error_message)",
    ),
    "tabs are kept": (
        f"{HEAD}def f():\n\tr = {RUN}\n\treturn r.counts\n",
        f"{HEAD}def f():\n\tr = {RUN}\n\tif not r.success:\n"
        "\t\traise RuntimeError(r.error_message)\n\treturn r.counts\n",
    ),
    "known misnomers of attributes": (
        f"{CHECKED}print(r.get_counts(), r.results, r.error, r.probs)\n",
        f"{CHECKED}print(r.counts, r.counts, r.error_message, r.probabilities())\n",
    ),
    "brackets that are too much or missing": (
        f"{CHECKED}print(r.total_shots(), r.counts(), r.probabilities['00'])\n",
        f"{CHECKED}print(r.total_shots, r.counts, r.probabilities()['00'])\n",
    ),
    "a result taken for a dictionary": (
        f"{CHECKED}print(r['counts'], r['probabilities'], r['00'], len(r))\n"
        "for s in r:\n    f(s)\n",
        f"{CHECKED}print(r.counts, r.probabilities(), r.counts['00'], len(r.counts))\n"
        "for s in r.counts:\n    f(s)\n",
    ),
    "an attribute that may be missing": (
        f"{CHECKED}print(r.binding_affinity, f'{{r.ki}} nM')\n",
        f'{CHECKED}print(getattr(r, "binding_affinity", None), '
        "f'{getattr(r, \"ki\", None)} nM')\n",
    ),
    "the shots of a result": (f"{CHECKED}print(r.shots)\n", f"{CHECKED}print(r.total_shots)\n"),
}


@pytest.mark.parametrize(("before", "after"), FIXED.values(), ids=FIXED.keys())
def test_fix_all_gives_exactly(before, after):
    assert fix_all(before) == after
    assert fix_all(after) == after


def test_a_guard_has_the_line_ends_of_its_file():
    text = f"{HEAD}r = {RUN}\nprint(r.counts)\n".replace("\n", "\r\n")
    assert "\n" not in fix_all(text).replace("\r\n", "")


SILENT = {
    "success is looked at anywhere": f"{HEAD}r = {RUN}\nprint(r.counts)\nprint(r.success)\n",
    "the message is looked at": f"{HEAD}r = {RUN}\nprint(r.error_message or r.counts)\n",
    "the counts are tested": f"{HEAD}r = {RUN}\nif r.counts:\n    print(r.counts)\n",
    "no counts leave a function": f"{HEAD}def f():\n    r = {RUN}\n    if not r.counts:\n"
    "        return None\n    return max(r.counts)\n",
    "the number of counts is tested": f"{HEAD}r = {RUN}\nprint(max(r.counts) if len(r.counts) > 0 "
    "else None)\n",
    "a result that was made by hand": "from bioql import QuantumResult\n"
    "r = QuantumResult(counts={'0': 1})\nprint(r.counts, r.shots, r.statevector, r.ki)\n",
    "a parameter": f"{HEAD}def show(r):\n    print(r.counts, r.nothing, r['x'], len(r))\n",
    "an attribute that is set": f"{CHECKED}r.note = 1\nr.ki = 2.0\ndel r.ki\n",
    "hasattr first": f"{CHECKED}if hasattr(r, 'energy'):\n    print(r.energy)\n",
    "hasattr and leave": f"{CHECKED}def f():\n    if not hasattr(r, 'ki'):\n        return\n"
    "    print(r.ki)\n",
    "AttributeError is caught": f"{CHECKED}try:\n    print(r.ki, r.energy)\n"
    "except AttributeError:\n    pass\n",
    "a method that is handed on": f"{CHECKED}plot(r.probabilities)\nplot(f=r.probabilities)\n",
    "CRISPR attributes in CRISPR mode": "from bioql import quantum\n"
    "r = quantum('Score CRISPR guide GATACCATGATCACGAAGGT', '', mode='crispr')\n"
    "print(r.energy_estimate)\n",
    "a mode that is not known": f"{HEAD}r = quantum('Create a Bell state', KEY, mode=m)\n"
    "assert r.success\nprint(r.energy_estimate, r.ki)\n",
    "another handler": f"{HEAD}try:\n    {RUN}\nexcept (OSError, KeyError):\n    pass\n",
    "a handler around a function of the file's": f"from bioql import BioQLError\n{HEAD}"
    f"def run(): ...\ntry:\n    r = {RUN}\n    run()\nexcept BioQLError:\n    pass\n",
    "a handler around something else of BioQL's": f"from bioql import BioQLError, get_logger\n"
    f"{HEAD}try:\n    {RUN}\n    get_logger()\nexcept BioQLError:\n    pass\n",
    "a name of another package": "from other import quantum\nimport bioql\nquantum('x').energy\n",
    "a function called len": f"{CHECKED}def len(x): ...\nlen(r)\n",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT.keys())
def test_nothing_is_said_about(text):
    assert found(text) == []


FOUND = {
    "one use of a name in each statement": (
        f"{HEAD}r = {RUN}\nprint(r.counts, r.total_shots)\nprint(r.counts)\n",
        ["BQ028", "BQ028"],
    ),
    "two names in one statement": (
        f"{HEAD}a = {RUN}\nb = {RUN}\nprint(a.counts, b.counts)\n",
        ["BQ028", "BQ028"],
    ),
    "a subscript in a condition is no test": (
        f"{HEAD}r = {RUN}\nif r.counts['00'] > 5:\n    print(1)\n",
        ["BQ028"],
    ),
    "a call that is read at once": (f"{HEAD}{RUN}.counts['00']\n", ["BQ028"]),
    "a bare handler name with alias": (
        f"from bioql import BioQLError as E\n{HEAD}try:\n    {RUN}\nexcept E as e:\n    print(e)\n",
        ["BQ029"],
    ),
    "a subscript of the call": (f"{HEAD}{RUN}['counts']\n", ["BQ032"]),
    "a comprehension": (f"{CHECKED}print([s for s in r])\n", ["BQ032"]),
    "a CRISPR attribute of another run": (f"{CHECKED}print(r.confidence)\n", ["BQ033"]),
    "an unknown attribute without a neighbour": (f"{CHECKED}print(r.zzz)\n", ["BQ030"]),
}


@pytest.mark.parametrize(("text", "codes"), FOUND.values(), ids=FOUND.keys())
def test_these_are_found(text, codes):
    assert found(text) == codes
    assert [f.code for f in analyse(text).findings if f.code in CODES] == codes


def test_a_chain_gets_a_name_and_a_check_on_request():
    (finding,) = [f for f in check(f"{HEAD}print({RUN}.counts)\n") if f.code == "BQ028"]
    assert finding.deterministic_fix is None
    texts = [edit.new_text for edit in finding.fixes[0].edits]
    assert texts == [
        f"result = {RUN}\nif not result.success:\n    raise SystemExit(result.error_message)\n",
        "result",
    ]


def test_there_is_no_guard_where_a_line_holds_more_than_the_run():
    (finding,) = check(f"{HEAD}r = {RUN}; x = 1\nprint(r.counts)\n")
    assert finding.code == "BQ028"
    assert finding.fixes == ()


def test_an_attribute_that_is_not_written_yet_is_not_judged():
    text = f"{HEAD}print({RUN}.**t_likely_outcome)\n"
    assert [f.code for f in check(text)] == ["BQ000"]
    (rule,) = (each for each in rules() if each.code == "BQ030")
    assert list(rule.check(load_module(text))) == []
