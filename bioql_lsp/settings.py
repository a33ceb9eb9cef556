"""Every setting of the server as one typed, immutable model; nothing here does I/O.

A setting is declared once, by `_setting`: its key, its default, and the check that accepts a value
and says in words what it accepts. `merge` lays sources over each other (later ones win) and
returns the settings together with what was wrong in the sources; a wrong value never takes effect
and never stops the server.

A cloned repository may not redirect money or code: settings declared `is_user_only` are ignored
when they come from a workspace, and that is reported as well.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import attrs

from bioql_lsp.settings_values import (
    AMOUNT,
    BOOLEAN,
    CODES,
    LEVELS,
    MODE,
    URL,
    Check,
    Mode,
    text_or_null,
    whole_number,
)

__all__ = [
    "SECTION",
    "DiagnosticsSettings",
    "Mode",
    "Problem",
    "Scope",
    "Settings",
    "Source",
    "from_environment",
    "merge",
]

SECTION = "bioql"


class Scope(StrEnum):
    """Who wrote a source of settings."""

    USER = "user"
    WORKSPACE = "workspace"


@attrs.frozen
class Source:
    """Settings as they came from one place; ``name`` tells a person which place that is."""

    name: str
    scope: Scope
    values: object


@attrs.frozen
class Problem:
    """Something wrong in a source: ``path`` is the key's full path, ``message`` says it all."""

    path: str
    message: str


def _setting(key: str, check: Check, is_user_only: bool = False) -> dict[str, Any]:
    return {"key": key, "check": check, "is_user_only": is_user_only}


def _section(key: str) -> dict[str, Any]:
    return {"key": key, "is_section": True}


@attrs.frozen
class InlineCompletionSettings:
    """``bioql.inlineCompletion.*``: when the model completes while typing."""

    enabled: bool = attrs.field(default=True, metadata=_setting("enabled", BOOLEAN))
    delay_ms: int = attrs.field(default=150, metadata=_setting("delayMs", whole_number(0, 5000)))
    max_tokens: int = attrs.field(default=96, metadata=_setting("maxTokens", whole_number(1, 2048)))
    min_prefix_length: int = attrs.field(
        default=3, metadata=_setting("minPrefixLength", whole_number(0, 200))
    )


@attrs.frozen
class BudgetSettings:
    """``bioql.budget.*``: what the model may cost; None is no limit."""

    session_usd: float | None = attrs.field(
        default=None, metadata=_setting("sessionUsd", AMOUNT.or_null())
    )


@attrs.frozen
class DiagnosticsSettings:
    """``bioql.diagnostics.*``: which findings are shown, as what, and in closed files too."""

    enabled: bool = attrs.field(default=True, metadata=_setting("enabled", BOOLEAN))
    ignore: tuple[str, ...] = attrs.field(default=(), metadata=_setting("ignore", CODES))
    severity: Mapping[str, str] = attrs.field(factory=dict, metadata=_setting("severity", LEVELS))
    workspace: bool = attrs.field(default=False, metadata=_setting("workspace", BOOLEAN))


@attrs.frozen
class CostsSettings:
    """``bioql.costs.*``: which run costs are worth a warning.

    A call that names a backend and nothing else lists at 3,072 USD: that one is warned about, a
    few hundred shots on purpose are not.
    """

    warn_above_usd: float = attrs.field(default=1000.0, metadata=_setting("warnAboveUsd", AMOUNT))


@attrs.frozen
class CodeLensSettings:
    """``bioql.codeLens.*``: the line above each run with its qubits and its cost."""

    enabled: bool = attrs.field(default=True, metadata=_setting("enabled", BOOLEAN))


@attrs.frozen
class InlayHintsSettings:
    """``bioql.inlayHints.*``: qubits and costs within the lines."""

    enabled: bool = attrs.field(default=True, metadata=_setting("enabled", BOOLEAN))


@attrs.frozen
class Settings:
    """``bioql.*``. ``bioql_version`` None means: find out, else the newest known."""

    mode: Mode | None = attrs.field(default=None, metadata=_setting("mode", MODE.or_null()))
    api_key: str | None = attrs.field(
        default=None,
        repr=False,
        metadata=_setting("apiKey", text_or_null("the key as text"), is_user_only=True),
    )
    worker_url: str | None = attrs.field(
        default=None, metadata=_setting("workerUrl", URL.or_null(), is_user_only=True)
    )
    model: str | None = attrs.field(
        default=None,
        metadata=_setting(
            "model", text_or_null("the name or folder of a model"), is_user_only=True
        ),
    )
    bioql_version: str | None = attrs.field(
        default=None, metadata=_setting("bioqlVersion", text_or_null('a version such as "7.0.1"'))
    )
    python_path: str | None = attrs.field(
        default=None,
        metadata=_setting("pythonPath", text_or_null("the path of a Python"), is_user_only=True),
    )
    inline_completion: InlineCompletionSettings = attrs.field(
        factory=InlineCompletionSettings, metadata=_section("inlineCompletion")
    )
    budget: BudgetSettings = attrs.field(factory=BudgetSettings, metadata=_section("budget"))
    diagnostics: DiagnosticsSettings = attrs.field(
        factory=DiagnosticsSettings, metadata=_section("diagnostics")
    )
    costs: CostsSettings = attrs.field(factory=CostsSettings, metadata=_section("costs"))
    code_lens: CodeLensSettings = attrs.field(
        factory=CodeLensSettings, metadata=_section("codeLens")
    )
    inlay_hints: InlayHintsSettings = attrs.field(
        factory=InlayHintsSettings, metadata=_section("inlayHints")
    )

    @property
    def answers_from(self) -> Mode:
        """The mode, or what follows from the worker's URL where none is set."""
        return self.mode or (Mode.REMOTE if self.worker_url else Mode.LOCAL)


_RENAMED = {"modalUrl": "workerUrl"}


def from_environment(environment: Mapping[str, str]) -> Source:
    """What the environment sets: ``BIOQL_API_KEY`` and ``BIOQL_WORKER_URL``."""
    names = {"BIOQL_API_KEY": "apiKey", "BIOQL_WORKER_URL": "workerUrl"}
    values = {key: environment[name] for name, key in names.items() if environment.get(name)}
    return Source("the environment", Scope.USER, values)


def merge(sources: Sequence[Source]) -> tuple[Settings, tuple[Problem, ...]]:
    """Lay sources over the defaults, later ones over earlier ones; tell what was wrong in them."""
    settings, problems = Settings(), list[Problem]()
    for source in sources:
        if source.values is not None:
            settings = _overlay(settings, source.values, SECTION, source, problems)
    return settings, tuple(problems)


def _overlay(base: Any, values: object, path: str, source: Source, problems: list[Problem]) -> Any:
    if not isinstance(values, Mapping):
        problems.append(_wrong(path, source, "an object with settings in it"))
        return base
    fields = {field.metadata["key"]: field for field in attrs.fields(type(base))}
    changes: dict[str, Any] = {}
    for given_key, value in values.items():
        key = _RENAMED.get(given_key, given_key)
        if key != given_key and key in values:
            continue
        field, key_path = fields.get(key), f"{path}.{given_key}"
        if field is None:
            problems.append(_unknown(key_path, str(given_key), source, [*fields]))
        elif "is_section" in field.metadata:
            if value is not None:
                part = getattr(base, field.name)
                changes[field.name] = _overlay(part, value, key_path, source, problems)
        elif field.metadata["is_user_only"] and source.scope is Scope.WORKSPACE:
            problems.append(_not_from_a_workspace(key_path, source))
        else:
            try:
                changes[field.name] = field.metadata["check"].accepts(value)
            except (TypeError, ValueError):
                problems.append(_wrong(key_path, source, field.metadata["check"].words))
    return attrs.evolve(base, **changes)


def _wrong(path: str, source: Source, words: str) -> Problem:
    return Problem(path, f"{path} in {source.name} is ignored: it must be {words}.")


def _unknown(path: str, key: str, source: Source, known: list[str]) -> Problem:
    close = difflib.get_close_matches(key, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"Known here: {', '.join(sorted(known))}."
    return Problem(path, f"{path} in {source.name} is not a setting. {hint}")


def _not_from_a_workspace(path: str, source: Source) -> Problem:
    text = (
        f"{path} in {source.name} is ignored: a workspace may not choose it. "
        "Set it in your user settings."
    )
    return Problem(path, text)
