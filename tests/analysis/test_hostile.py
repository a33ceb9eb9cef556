"""Input that no person would write: every answer is bounded, and nothing raises."""

from __future__ import annotations

import tracemalloc

import pytest

from bioql_lsp.analysis.analysis import analyse
from bioql_lsp.analysis.registry import check, rules
from bioql_lsp.text import Document

HEAD = 'import os\nfrom bioql import quantum\nKEY = os.environ["BIOQL_API_KEY"]\n'
CALL = 'r{0} = quantum("Create a Bell state", api_key=KEY, backend="simulator", shots={0})\n'
EXAMPLES = sorted({e for rule in rules() for e in (*rule.bad, *rule.good)})


@pytest.fixture(autouse=True)
def rules_do_not_fail(caplog):
    """A rule that raises is caught and logged: here that is a failure."""
    yield
    assert not [r.getMessage() for r in caplog.records if "failed" in r.getMessage()]


@pytest.mark.parametrize("group", range(8))
def test_every_beginning_of_every_example_is_analysed(group):
    for text in EXAMPLES[group::8]:
        analysis = analyse("")
        for end in range(len(text) + 1):
            analysis = analyse(text[:end], before=analysis)
            for finding in analysis.findings:
                assert 0 <= finding.span.start <= finding.span.end <= end


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_other_line_ends_give_the_same_findings(newline):
    for text in EXAMPLES:
        other = text.replace("\n", newline)
        before, after = Document(text), Document(other)
        places = [(f.code, before.position(f.span.start)) for f in analyse(text).findings]
        assert places == [(f.code, after.position(f.span.start)) for f in analyse(other).findings]


HOSTILE = {
    "nothing": "",
    "a null byte": HEAD + 'quantum("a\0b", KEY)\n\0',
    "half a surrogate pair": HEAD + 'quantum("\ud83d", KEY)\n',
    "a byte order mark": "\ufeff" + HEAD + 'quantum("x", KEY)\n',
    "tabs and form feeds": HEAD + '\f\tquantum("x",\t KEY)\n',
    "a line of 10,000 characters": HEAD + 'quantum("' + "h qubit 0. " * 900 + '", KEY)\n',
    "a line of 100,000 brackets": HEAD + "quantum(" * 100_000,
    "200 imports": "".join(f"from bioql import quantum as q{n}\n" for n in range(200))
    + "".join(f'q{n}("x", KEY)\n' for n in range(200)),
    "aliases in a circle": "import bioql\na = b\nb = c\nc = a\na.quantum('x')\n",
    "a chain of 2,000 aliases": "import bioql\na0 = bioql.quantum\n"
    + "".join(f"a{n + 1} = a{n}\n" for n in range(2000))
    + "a2000('x')\n",
    "a billion qubits": HEAD + 'quantum("Prepare a superposition of 1000000000 qubits", KEY)\n',
    "a number of 5,000 digits": HEAD + f'quantum("use {"9" * 5000} qubits", KEY)\n',
    "an f-string in an f-string": HEAD + "quantum(f\"{f'{KEY}'} qubits\", KEY)\n",
    "deep nesting": HEAD + "(" * 500 + 'quantum("x", KEY)' + ")" * 500 + "\n",
    "deep indentation": HEAD + "".join(" " * n + "if x:\n" for n in range(300)),
    "a thousand arguments": HEAD + "quantum(" + ", ".join(f"a{n}=1" for n in range(1000)) + ")\n",
    "a thousand bindings of one name": HEAD + "r = quantum('x', KEY)\n" * 1000 + "r.counts\n",
    "emoji everywhere": HEAD.replace("KEY", "K") + 'quantum("🧬" * 3, "🧬", backend="🧬")\n',
    "right to left": HEAD + 'quantum("\u202eCreate a Bell state", KEY)\n',
    "quotes that never close": HEAD + 'x = """\n' * 2001,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered_whole_and_in_parts(text):
    analysis = analyse(text)
    check(text)
    for cut in range(0, len(text), max(1, len(text) // 7)):
        analysis = analyse(text[:cut] + "x" + text[cut:], before=analysis)
    assert all(f.span.end <= len(text) + 1 for f in analysis.findings)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * 850_000,
        HEAD + "y = [1, 2, 3]  # plain\n" * 240_000,
        HEAD + "d = " + "{'a': [1, 2, (3, 4)],\n" * 250_000,
        HEAD + "".join(CALL.format(n) for n in range(8_000)),
    ],
    ids=["plain", "plain with an import", "never closed", "calls"],
)
def test_megabytes_are_answered_and_an_edit_looks_at_few_statements_again(text):
    before = analyse(text)
    assert before.findings_by_cell
    kept = {id(part) for part in before.cells[0].parts}
    middle = text.index("\n", len(text) // 2)
    after = analyse(text[:middle] + "  # more" + text[middle:], before=before)
    assert sum(id(part) not in kept for part in after.cells[0].parts) <= 4


def test_analysing_a_billion_qubits_takes_little_memory():
    tracemalloc.start()
    analyse(HEAD + 'quantum("Create a superposition of 1000000000 qubits", KEY)\n')
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
