"""What an answer may be shown as: accepted, repaired, or withheld."""

import pytest

from bioql_lsp.analysis.verify import verify
from bioql_lsp.text import Span

HEAD = "import os\nfrom bioql import quantum\n\n"
KEY = 'os.environ["BIOQL_API_KEY"]'
GOOD = f'result = quantum("Bell state", api_key={KEY}, backend="ibm_torino")\n'


def at_end(before: str, candidate: str):
    return verify(before, Span(len(before), len(before)), candidate)


def test_a_good_answer_is_accepted_as_it_is():
    verdict = at_end(HEAD, GOOD)
    assert (verdict.is_accepted, verdict.code, verdict.repaired) == (True, GOOD, ())


def test_a_whole_program_into_an_empty_buffer():
    assert at_end("", HEAD + GOOD).is_accepted


def test_what_our_fixes_can_repair_is_repaired_in_the_candidate():
    verdict = at_end(HEAD, 'quantum("Bell state", num_shots=100, token="t")\n')
    assert verdict.is_accepted
    assert (
        verdict.code == f'quantum("Bell state", shots=100, api_key={KEY}, backend="ibm_torino")\n'
    )
    assert set(verdict.repaired) == {"BQ002", "BQ008", "BQ020", "BQ021"}
    assert verdict.remaining == ()


def test_a_needed_import_is_put_at_the_start_of_the_candidate():
    verdict = at_end("from bioql import quantum\n", 'quantum("Bell state", backend="ibm_torino")\n')
    assert verdict.is_accepted
    assert verdict.code.startswith("import os\nquantum(")


def test_a_repair_that_needs_an_import_elsewhere_is_not_made():
    before = "from bioql import quantum\n\ndef f():\n    "
    verdict = at_end(before, 'return quantum("Bell state", backend="ibm_torino")\n')
    assert not verdict.is_accepted
    assert [f.code for f in verdict.remaining] == ["BQ002"]


REFUSED = {
    "a syntax error": "result = quantum(\n",
    "an invented name": "from bioql import Circuit\n",
    "an invented attribute": "import bioql\nbioql.run('x')\n",
    "a name that is None without a replacement": "from bioql.llm import AutoOptimizer\n",
    "a call that does not bind": "from bioql import get_logger\nget_logger(1, 2, 3)\n",
    "the refused simulator": f'quantum("Bell state", api_key={KEY}, backend="simulator")\n',
    "an unbalanced bracket": ")\n",
}


@pytest.mark.parametrize("candidate", REFUSED.values(), ids=REFUSED.keys())
def test_refused_is(candidate):
    assert not at_end(HEAD, candidate).is_accepted


def test_findings_that_were_there_before_do_not_count():
    before = HEAD + 'quantum("old")\n'
    assert at_end(before, "print(1)\n").is_accepted
    assert not at_end(before, 'f = quantum("Bell state", KEY, "sim")\n').is_accepted


def test_a_second_mistake_of_the_same_kind_counts():
    before = HEAD + 'quantum("old", KEY, "sim")\n'
    verdict = at_end(before, 'quantum("old", KEY, "sim")\n')
    assert not verdict.is_accepted


def test_a_call_that_is_being_typed_can_be_completed():
    before = HEAD + 'result = quantum("Bell state", '
    assert at_end(before, f'api_key={KEY}, backend="ibm_torino")\n').is_accepted
    assert at_end(before, f'api_key={KEY}, backend="ibm_torino"').is_accepted
    assert not at_end(before, "api_key=KEY))\n").is_accepted
    assert not at_end(before, "api_key KEY").is_accepted


def test_an_answer_between_two_halves_of_a_call():
    before = HEAD + 'result = quantum("Bell state", ' + ")\nprint(result.counts)\n"
    place = before.index(", )") + 2
    verdict = verify(before, Span(place, place), f'api_key={KEY}, backend="ionq_qpu"')
    assert verdict.is_accepted


def test_a_block_that_is_being_typed_can_be_opened():
    before = HEAD + "def f(x"
    assert at_end(before, "):").is_accepted
    assert at_end(before, "):\n    return x\n").is_accepted


def test_the_replaced_text_is_gone():
    before = HEAD + 'quantum("old")\n'
    span = Span(len(HEAD), len(before))
    assert verify(before, span, GOOD).is_accepted


def test_a_span_outside_the_text_is_moved_inside():
    assert verify("x = 1\n", Span(50, 90), "y = 2\n").is_accepted


def test_a_forgotten_import_is_added_in_an_empty_buffer():
    verdict = at_end("", GOOD)
    assert verdict.is_accepted
    assert verdict.code == f"import os\nfrom bioql import quantum\n{GOOD}"


def test_a_forgotten_import_that_cannot_be_added_refuses_the_answer():
    before = "def f():\n    "
    verdict = at_end(before, f'return quantum("Bell state", api_key={KEY}, backend="ibm_torino")\n')
    assert not verdict.is_accepted
    assert [f.code for f in verdict.remaining] == ["BQ064"]


def test_a_name_that_was_unbound_before_is_not_the_answers_fault():
    before = 'result = quantum("Bell state", '
    assert at_end(before, 'api_key=KEY, backend="ibm_torino")\n').is_accepted


def test_plain_python_is_accepted():
    assert at_end("", "print(sum(range(3)))\n").code == "print(sum(range(3)))\n"


def test_a_forgotten_import_and_a_forgotten_key_are_both_repaired():
    verdict = at_end("", 'quantum("Bell state")\n')
    assert verdict.is_accepted
    assert verdict.code.count("import") == 2
    assert verdict.repaired[0] == "BQ064"
