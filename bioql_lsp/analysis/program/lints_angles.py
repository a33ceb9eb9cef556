"""NL007: angles that BioQL drops or misreads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bioql_lsp.analysis.findings import Severity
from bioql_lsp.analysis.program.angles import angle_radians, decimal_radians
from bioql_lsp.analysis.program.compile import compile_sentence
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo, Sentence, replacing
from bioql_lsp.analysis.program.lints_rewrite import difference, is_spelled_out
from bioql_lsp.analysis.program.meant import Kind, MeantStatement
from bioql_lsp.analysis.program.model import Operation
from bioql_lsp.text import Edit, Span, apply_edits

_ROTATIONS = frozenset({"rx", "ry", "rz"})
_DECIMAL_COMMA = re.compile(r"(\d+),(\d+)(?:\s*(?:radians?|rad))?\b")


def is_only_the_angle(read: Sentence, meant: MeantStatement) -> bool:
    """Whether BioQL would read the rotation if the angle were a plain decimal."""
    if meant.kind is not Kind.ROTATION or meant.angle is None or not meant.operations:
        return False
    edit = Edit(meant.angle, _written(read, meant.angle))
    shifted = Edit(
        Span(edit.span.start - meant.span.start, edit.span.end - meant.span.start), edit.new_text
    )
    compiled = compile_sentence(apply_edits(read.slice(meant.span), (shifted,)))
    made = [each.operation for each in compiled.statements]
    return difference(meant.operations, made) == ([], [])


def _written(read: Sentence, angle: Span) -> str:
    return f"{decimal_radians(angle_radians(read.slice(angle)) or 0)} radians"


def _misread(read: Sentence) -> Iterator[Lint]:
    if not is_spelled_out(read):
        return
    for meant in read.meant.gates:
        if meant.kind is Kind.ROTATION and meant.angle is not None:
            yield from _misread_angle(read, meant, meant.angle)


def _misread_angle(read: Sentence, meant: MeantStatement, angle: Span) -> Iterator[Lint]:
    made = [each.operation for each in read.made_in(meant.span)]
    shown = read.slice(angle)
    if meant.operations is None:
        if not made:
            message = f"'{shown}' is no number; BioQL leaves the rotation out without a word."
            yield ANGLE.at(angle, message)
        return
    comma = _DECIMAL_COMMA.match(read.text, angle.start)
    if comma:
        message = f"BioQL reads {comma[1]} and stops at the comma; write a decimal point."
        span = Span(*comma.span())
        new_text = f"{comma[1]}.{comma[2]} radians"
        yield ANGLE.at(span, message, replacing(span, new_text, f"Write {new_text}", is_sure=False))
        return
    if not difference(meant.operations, made)[0] or not is_only_the_angle(read, meant):
        return
    new_text = _written(read, angle)
    fix = replacing(angle, new_text, f"Write {new_text}")
    yield ANGLE.at(angle, _message(shown, _angles(made)), fix)


def _angles(made: Sequence[Operation]) -> list[float]:
    return [float(each.parameters[0]) for each in made if each.gate in _ROTATIONS]


def _message(shown: str, angles: list[float]) -> str:
    if angles:
        return f"BioQL reads '{shown}' as {angles[0]:g} radians."
    return f"BioQL cannot read the angle '{shown}' here and leaves the rotation out."


ANGLE = LintInfo(
    code="NL007",
    severity=Severity.WARNING,
    title="The angle is not read as written",
    why="BioQL reads digits and dots, in radians. At 'pi' or a minus it drops the rotation, of "
    "'1e-3' it reads 1, '90 degrees' is 90 radians, and a dot right after the number makes it "
    "drop the rotation too.",
    fix="Writes the angle in decimal radians; a negative one as the same turn forwards.",
    good=(
        "rotate qubit 0 around x by 1.5708 radians. measure qubit 0",
        "phase qubit 0 by 0.5, measure qubit 0",
    ),
    bad=(
        "rotate qubit 0 around x by pi/2. measure qubit 0",
        "rotate qubit 1 around z axis by 2*pi. measure qubit 1",
        "rotate qubit 0 around y by -pi/4. measure qubit 0",
        "rotate qubit 0 around y by 90 degrees. measure qubit 0",
        "rotate qubit 0 around z by 1e-3 radians. measure qubit 0",
        "rotate qubit 0 around x by 1.57. measure qubit 0",
        "phase qubit 2 by -1.5. measure qubit 2",
        "y rotation qubit 0 3pi/4. measure qubit 0",
        "rotate qubit 0 around x by theta. measure qubit 0",
        "rotate qubit 0 around x by 1,5 radians. measure qubit 0",
    ),
    check=_misread,
)
LINTS = (ANGLE,)
