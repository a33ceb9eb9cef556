"""Stop rules look at each character once, and say what looking at all of them would."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bioql_lsp.analysis.brackets import openness
from bioql_lsp.worker.engines.base import Infill, Instruct
from bioql_lsp.worker.engines.stopping import LEAD_CHARS_MAX, StopRule, stop_rule_for

OPEN_DICT = "data = {\n" + "    'key': compute(1, 2, 'text', 3),\n" * 6500
CODE = (
    *("x = 1\n", "f(", ")", "[1,\n", "]", '"', "'", '"""', "# it's\n", "if x:\n", "    y = 2\n"),
    *("\n", " ", "a", "\\", "{", "}", "def f():\n", "  ", ":", "é"),
)
code = st.lists(st.sampled_from(CODE), max_size=12).map("".join)


def is_open(text: str) -> bool:
    found = openness(text, 0, len(text))
    return bool(found.brackets) or found.string_start is not None


def statement_of(prefix: str) -> str:
    """A text from its last line on that begins as far left as any."""
    lines = prefix.splitlines(keepends=True)
    widths = {
        place: len(line) - len(line.lstrip(" \t"))
        for place, line in enumerate(lines)
        if line.strip(" \t\n") and line.lstrip(" \t")[0] not in ")]}"
    }
    starts = [place for place, width in widths.items() if width == min(widths.values())]
    return "".join(lines[starts[-1] if starts else 0 :])


def closes_twice(prefix: str, suffix: str, answer: str) -> bool:
    """Whether the answer's last character closes what was open and the suffix closes again."""
    before, after = (openness(t, 0, len(t)) for t in (prefix, prefix + answer))
    if answer[-1] != suffix.lstrip()[:1] or len(before.string_quote) == 3:
        return False
    if before.string_quote:
        return answer[-1] == before.string_quote and not after.string_quote
    is_shallower = len(after.brackets) < len(before.brackets)
    return answer[-1] in ")]}" and not after.string_quote and is_shallower


def expected_end(prefix: str, suffix: str, text: str) -> int | None:
    """The end of an answer by definition, each place seen from the start."""
    statement = statement_of(prefix)
    in_block = prefix.rstrip().endswith(":") and prefix[-1].isspace()
    for place, character in enumerate(text):
        if character in ")]}\"'" and closes_twice(prefix, suffix, text[: place + 1]):
            return place
        if character != "\n" or not text[:place].strip() or is_open(statement + text[:place]):
            continue
        line = text[:place].rpartition("\n")[2].strip()
        in_block = in_block or line.endswith(":")
        follows = text[place + 1 : place + 2]
        goes_on = in_block and (not follows or (follows != "\n" and follows.isspace()))
        if not goes_on and not line.startswith("#"):
            return place
    return None


@given(code, st.sampled_from(["", ")", "]\n", " }", '"', "'", '"""', "x)"]), code, st.data())
@example("r = f(", ")", "1)\n", None)
@example('r = f("', '")', 'a"b")\n', None)
@example("if x:\n    ", "", "a(\n1)\n\nb", None)
@settings(max_examples=500, deadline=None)
def test_pieces_end_where_the_whole_does(
    prefix: str, suffix: str, text: str, data: st.DataObject | None
) -> None:
    cuts = st.lists(st.integers(1, max(len(text), 1)), max_size=12, unique=True).map(sorted)
    borders = data.draw(cuts) if data is not None else list(range(1, len(text)))
    rule = stop_rule_for(Infill(prefix, suffix))
    for end in [*(border for border in borders if border < len(text)), len(text)]:
        found = rule.end_of(text[:end])
        assert found == expected_end(prefix, suffix, text[:end])
        assert rule.end_of(text[:end]) == found
        if found is not None:
            break
        assert rule.safe_length(text[:end]) == len(text[:end].rstrip())


@given(st.lists(st.sampled_from(["`", "``", "```", "\n", "x", " "]), max_size=14))
@settings(max_examples=300, deadline=None)
def test_pieces_end_at_the_fence_of_the_whole(pieces: list[str]) -> None:
    rule = stop_rule_for(Instruct("x"))
    text = ""
    for piece in pieces:
        text += piece
        starts = [place for place in range(len(text)) if ("\n" + text)[place:][:4] == "\n```"]
        assert rule.end_of(text) == (starts[0] if starts else None)
        if starts:
            break
        line = text.rpartition("\n")[2]
        held = len(line) if line in ("`", "``") else 0
        assert rule.safe_length(text) == rule.end_at_stop(text) == len(text) - held


def end_of(rule: StopRule, text: str) -> int | None:
    ends = (rule.end_of(text[: place + 1]) for place in range(len(text)))
    return next((end for end in ends if end is not None), None)


@pytest.mark.parametrize(
    "before",
    [
        "x = [\n" + "    1,\n" * LEAD_CHARS_MAX + "]\n",
        '"""\n' + "It's a text (with more\n" * LEAD_CHARS_MAX + '"""\n\n',
        "class A:\n" + "    x = {1: 'a'}  # it's\n" * LEAD_CHARS_MAX,
        'class A:\n    """\n' + "        don't (\n" * LEAD_CHARS_MAX + '    """\n\n    x = 1\n',
        "x = '" + "a" * LEAD_CHARS_MAX + "'\n",
    ],
)
@pytest.mark.parametrize(
    ("prefix", "suffix", "text", "end"),
    [
        ("y = f(", "", "1,\n  2)\nz = 3\n", 7),
        ("y = f(1, ", ")\n", "g(2))\n", 4),
        ("y = '", "'\n", "a(' + b\n", 2),
        ("if y:\n        ", "", "a()\n        b()\nc()\n", 15),
    ],
)
def test_what_stands_far_before_a_hole_does_not_matter(
    before: str, prefix: str, suffix: str, text: str, end: int
) -> None:
    indent = "    " if before.startswith("class") else ""
    assert end_of(stop_rule_for(Infill(before + indent + prefix, suffix)), text) == end


def seconds(run: Callable[[], object]) -> float:
    """Of the fastest of three runs."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return min(taken)


def test_a_rule_is_made_at_once_however_long_the_prefix_is() -> None:
    tasks = (Infill(OPEN_DICT, "\n}\n"), Infill("x = 1\n" * 43000), Infill("\n" * 258000))
    for task in tasks:
        assert seconds(lambda task=task: stop_rule_for(task)) < 0.02  # type: ignore[misc]


def test_the_last_token_of_a_long_answer_costs_what_the_first_did() -> None:
    pieces = ["[1]", ", {", "'a'", ": 2}", ",\n", "    "] * 1000

    def write() -> None:
        rule = stop_rule_for(Infill(OPEN_DICT[-6000:], "\n]\n"))
        text = ""
        for piece in ["x = [", *pieces]:
            text += piece
            assert rule.end_of(text) is None
            rule.safe_length(text)

    assert seconds(write) < 0.5
