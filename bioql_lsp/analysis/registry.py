"""The rules: how one registers, which there are, and what they say about a text.

A rule is a generator function under ``@rule``, in a module of ``rules``, where a package scan
finds it. Its examples are its tests.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bioql_lsp.analysis.api.load import NEWEST
from bioql_lsp.analysis.findings import Finding, Severity
from bioql_lsp.analysis.module import Module, load_module
from bioql_lsp.analysis.suppression import file_ignores, unsuppressed

SYNTAX_CODE = "BQ000"
Check = Callable[[Module], Iterator[Finding]]
_log = logging.getLogger(__name__)


class DuplicateRuleError(ValueError):
    """Two rules carry one code."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A diagnosis: its code, how bad it is, why it matters, how it is fixed, and examples.

    ``is_absence`` is for what is only missing yet: writing on may resolve it. Where
    ``severity_varies``, ``severity`` is the usual one.
    """

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    good: tuple[str, ...]
    bad: tuple[str, ...]
    check: Check
    is_absence: bool = False
    severity_varies: bool = False


class Registry:
    """Rules by code."""

    def __init__(self) -> None:
        self._rules: dict[str, Rule] = {}

    def add(self, new: Rule) -> None:
        """Register a rule. Raises DuplicateRuleError for a code that is taken."""
        if new.code in self._rules:
            raise DuplicateRuleError(
                f"{new.code} is registered twice; give the new rule a free code"
            )
        self._rules[new.code] = new

    def all(self) -> tuple[Rule, ...]:
        """Every rule, by code."""
        return tuple(self._rules[code] for code in sorted(self._rules))


_registry = Registry()


def rule(
    *,
    code: str,
    severity: Severity,
    title: str,
    why: str,
    fix: str,
    good: tuple[str, ...],
    bad: tuple[str, ...],
    is_absence: bool = False,
    severity_varies: bool = False,
) -> Callable[[Check], Check]:
    """Register the decorated generator as the rule ``code``."""

    def register(check_function: Check) -> Check:
        _registry.add(
            Rule(
                code,
                severity,
                title,
                why,
                fix,
                good,
                bad,
                check_function,
                is_absence,
                severity_varies,
            )
        )
        return check_function

    return register


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """Every rule, by code; the first call loads them."""
    package = importlib.import_module("bioql_lsp.analysis.rules")
    for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
        importlib.import_module(f"{package.__name__}.{module}")
    return _registry.all()


def check(text: str, version: str = NEWEST) -> tuple[Finding, ...]:
    """Everything the rules find in a text, in order of place, with fixes. Never raises."""
    return check_module(load_module(text, version))


def check_module(module: Module) -> tuple[Finding, ...]:
    """Everything the rules find in a whole text, in order of place, with fixes."""
    if not module.uses_bioql:
        return ()
    ignores = file_ignores(module.text)
    return tuple(f for f in findings_in(module) if not ignores.covers(f))


def findings_in(module: Module) -> tuple[Finding, ...]:
    """What the rules find in a text or part, in order of place."""
    found: set[Finding] = set()
    if module.is_relevant:
        for each in rules():
            found.update(run_rule(each, module))
    if not found:
        return ()
    ordered = sorted(found, key=lambda f: (f.span, f.code, f.message))
    return tuple(unsuppressed(module.document, ordered))


def run_rule(each: Rule, module: Module) -> list[Finding]:
    """One rule's findings; one that fails is logged (without the text), the others still speak."""
    try:
        return list(each.check(module))
    except Exception as error:
        _log.error("rule %s failed: %s", each.code, type(error).__name__)
        return []
