"""NL001 to NL020: what a sentence compiles to is not what it says."""

from __future__ import annotations

from collections.abc import Iterator

from bioql_lsp.analysis.changes import add_argument
from bioql_lsp.analysis.findings import Finding, Fix
from bioql_lsp.analysis.module import Module
from bioql_lsp.analysis.program.lints import LINTS, lints
from bioql_lsp.analysis.program.lints_meaning import is_code
from bioql_lsp.analysis.program.lints_model import Lint, LintInfo
from bioql_lsp.analysis.registry import Check, rule
from bioql_lsp.analysis.sentences import Sentence
from bioql_lsp.text import Edit

_FIRST_WITH_THIS_COMPILER = (7,)
_HEAD = "from bioql.compiler import parse_english_to_circuit\n\nparse_english_to_circuit("


def _check_for(code: str) -> Check:
    def check(module: Module) -> Iterator[Finding]:
        if module.release < _FIRST_WITH_THIS_COMPILER:
            return
        for sentence in module.sentences:
            for lint in _lints(sentence):
                if lint.code == code:
                    place = sentence.place(lint.start, lint.end)
                    fixes = tuple(_fixes(module, sentence, lint))
                    yield Finding(code, lint.severity, lint.message, place, fixes)

    check.__doc__ = f"A finding for each sentence with {code}."
    return check


def _lints(sentence: Sentence) -> tuple[Lint, ...]:
    if not sentence.is_whole or not sentence.text.strip() or is_code(sentence.text):
        return ()
    return lints(
        sentence.text,
        mode=sentence.mode,
        is_mode_known=sentence.is_mode_known,
        backend=sentence.backend,
        is_local=sentence.is_local,
    )


def _fixes(module: Module, sentence: Sentence, lint: Lint) -> Iterator[Fix]:
    written = [sentence.fix(fix) for fix in lint.fixes]
    argument = _argument_edit(module, sentence, lint)
    if lint.argument is not None:
        if argument is None:
            return
        title = f"Pass {lint.argument[0]}={lint.argument[1]}"
        first = written[0] if written else Fix(title, ())
        if first is None:
            return
        title = first.title if first.edits else title
        yield Fix(title, (*first.edits, argument), first.is_deterministic)
        written = written[1:]
    yield from (fix for fix in written if fix is not None)


def _argument_edit(module: Module, sentence: Sentence, lint: Lint) -> Edit | None:
    """The edit that gives the call the argument that a lint asks for."""
    if lint.argument is None:
        return None
    name, literal = lint.argument
    call = sentence.call
    if not call.is_whole or call.has_star or name not in call.symbol.keyword_names:
        return None
    given = call.argument(name)
    if given is not None:
        return Edit(given.value_span, literal)
    return add_argument(module, call, f"{name}={literal}")


def _example(sentence: str, info: LintInfo) -> str:
    """A program with the sentence; one of CRISPR's needs a call that has the mode."""
    if info.code in {"NL016", "NL017", "NL019"}:
        mode = ', mode="crispr"' if info.code == "NL017" else ""
        return (
            "import os\n\nfrom bioql import quantum\n\n"
            f"quantum({sentence!r}, os.environ['BIOQL_API_KEY'], "
            f"backend='ibm_torino', shots=100{mode})\n"
        )
    return f"{_HEAD}{sentence!r})\n"


for _info in LINTS:
    rule(
        code=_info.code,
        severity=_info.severity,
        title=_info.title,
        why=_info.why,
        fix=_info.fix,
        good=tuple(_example(sentence, _info) for sentence in _info.good),
        bad=tuple(_example(each, _info) for each in _info.bad if not is_code(each)),
        severity_varies=True,
    )(_check_for(_info.code))
