"""Seeded bugs: each is a small change of the ledger's own source, applied in process."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Mutant:
    """A bug: in ``module`` of ``billing``, each text is replaced where it stands, once."""

    name: str
    module: str
    changes: tuple[tuple[str, str], ...]


def mutant(name: str, module: str, *texts: str) -> Mutant:
    return Mutant(name, module, tuple(zip(texts[::2], texts[1::2], strict=True)))


MUTANTS = (
    mutant(
        "double settle", "operations.resolve", "WHERE id = ? AND status = 'open'", "WHERE id = ?"
    ),
    mutant(
        "a request id is not idempotent",
        "operations.hold",
        "if now.hold_id is not None:",
        "if now.hold_id is not None and now.hold_status == 'open':",
    ),
    mutant(
        "held money is spent again",
        "operations.admission",
        "a.posted_nano_usd - a.held_nano_usd,",
        "a.posted_nano_usd,",
    ),
    mutant(
        "a settle takes more than was held",
        "operations.settle",
        "user = min(full, resolved.amount_nano_usd)",
        "user = full",
    ),
    mutant(
        "the rest of a hold is lost",
        "operations.resolve",
        "        resolved.amount_nano_usd,\n        spent_nano_usd,\n        resolved.month_us,",
        "        spent_nano_usd,\n        spent_nano_usd,\n        resolved.month_us,",
    ),
    mutant(
        "an entry is missing",
        "operations.journal",
        "session.change(_ENTRIES_SQL[len(moved)], *values)",
        "session.change(_ENTRIES_SQL[2], *values[:6])",
    ),
    mutant(
        "a charge is voided twice",
        "operations.void",
        "AND status = 'settled'",
        "AND status IN ('settled', 'voided')",
    ),
    mutant(
        "a living hold expires",
        "operations.expire",
        "WHERE id = ? AND status = 'open' AND lease_until_us < ?",
        "WHERE id = ? AND status = 'open' AND ? > 0",
    ),
    mutant(
        "a refund takes what is held",
        "operations.journal",
        "BETWEEN held_nano_usd AND ?",
        "BETWEEN 0 AND ?",
    ),
    mutant(
        "a settle is rounded up",
        "prices",
        "parts * self._user_rate(discount_percent) // (10_000 * _PARTS)",
        "-(-parts * self._user_rate(discount_percent) // (10_000 * _PARTS))",
    ),
    mutant(
        "a release does not give the quota back",
        "operations.release",
        "is_counted=False",
        "is_counted=True",
    ),
    mutant(
        "a rotated key escapes its cap",
        "operations.admission",
        "r.id = COALESCE(k.root_id, k.id)",
        "r.id = k.id",
    ),
    mutant(
        "an event is raised twice",
        "operations.low_balance",
        "if is_low_now == is_low:",
        "if is_low_now == is_low and not is_low:",
    ),
    mutant(
        "a plan is granted twice",
        "operations.plans",
        "return found is not None",
        "return False",
    ),
    mutant("a discount is ignored", "operations.hold", "else now.discount_percent", "else 0"),
    mutant(
        "a replay is charged",
        "operations.hold",
        "    return charge_of(session, hold_id)",
        "    session.change(\n"
        "        'UPDATE accounts SET posted_nano_usd = posted_nano_usd - (SELECT'\n"
        "        ' COALESCE(MAX(user_cost_nano_usd), 0) FROM inference_usage WHERE hold_id = ?)'\n"
        "        ' WHERE user_id = ?', hold_id, now.user_id)\n"
        "    return charge_of(session, hold_id)",
    ),
    mutant(
        "the month's count goes on in the next month",
        "operations.hold",
        "is_same_month = int(now.month_us == month_us)",
        "is_same_month = 1",
    ),
    mutant(
        "a test key pays",
        "operations.hold",
        "100 if now.is_test and wanted.is_real_money else now.discount_percent",
        "now.discount_percent",
    ),
    mutant(
        "one request too many at once",
        "operations.admission",
        "now.open_requests >= now.concurrent_requests",
        "now.open_requests > now.concurrent_requests",
    ),
    mutant(
        "the oldest price holds", "operations.price_list", "valid_from_us DESC, ", "valid_from_us, "
    ),
    mutant(
        "a void leaves the key's spending",
        "operations.void",
        'spent_nano_usd = spent_nano_usd - ?"',
        'spent_nano_usd = spent_nano_usd - 0 * ?"',
    ),
    mutant(
        "a void leaves the month's spending",
        "operations.void",
        "month_spent_nano_usd = month_spent_nano_usd - CASE",
        "month_spent_nano_usd = month_spent_nano_usd - 0 * CASE",
    ),
    mutant(
        "an extended hold takes no money",
        "operations.extend",
        "_take(session, user_id, root_id, more)",
        "_take(session, user_id, root_id, 0)",
    ),
    mutant(
        "a revoked key still holds",
        "operations.admission",
        "now.revoked_us is not None or is_expired or",
        "is_expired or",
    ),
    mutant(
        "a disabled account still holds",
        "operations.admission",
        "is_expired or now.disabled_us is not None",
        "is_expired",
    ),
    mutant(
        "another body under a known id is answered",
        "operations.hold",
        "if now.hold_fingerprint != wanted.fingerprint:",
        "if now.hold_fingerprint is None:",
    ),
    mutant(
        "a heartbeat wakes what is over",
        "operations.expire",
        "WHERE id = ? AND status = 'open'\",\n            lease_until_us",
        'WHERE id = ?",\n            lease_until_us',
    ),
    mutant(
        "dead holds lock a user out",
        "operations.hold",
        "and expire_dead_of_user(",
        "and False and expire_dead_of_user(",
    ),
    mutant(
        "a charge can be voided for ever", "operations.void", "AND resolved_us >= ?", "AND ? > 0"
    ),
    mutant(
        "a rotated key outlives its overlap",
        "operations.keys",
        "SET expires_us = CASE WHEN expires_us < ? THEN expires_us ELSE ? END",
        "SET expires_us = CASE WHEN ? > 0 AND ? > 0 THEN expires_us END",
    ),
    mutant(
        "a closing covers a request that runs",
        "operations.closing",
        "min(open_ids) - 1 if open_ids else _highest",
        "_highest",
    ),
    mutant(
        "tokens are free",
        "prices",
        "+ tokens * (_PARTS // 1_000_000)",
        "+ 0 * tokens",
    ),
)


@contextmanager
def applied(bug: Mutant) -> Iterator[None]:
    """Run with the bug in place; fails where the source no longer has the text to change."""
    module = importlib.import_module(f"billing.{bug.module}")
    source = inspect.getsource(module)
    for old, new in bug.changes:
        count = source.count(old)
        assert count == 1, f"{bug.name}: {bug.module} has this {count} times: {old}"
        source = source.replace(old, new)
    changed: dict[str, Any] = {"__name__": module.__name__, "__file__": module.__file__}
    exec(compile(source, f"<{bug.name}>", "exec"), changed)
    with ExitStack() as undo:
        _swap_functions(module, changed, undo)
        _swap_texts(module, changed, undo)
        yield


def _swap_functions(module: ModuleType, changed: dict[str, Any], undo: ExitStack) -> None:
    """Give the module's functions the code of the changed ones, whoever has imported them."""
    fresh = _functions(module.__name__, changed)
    for name, function in _functions(module.__name__, vars(module)).items():
        undo.callback(setattr, function, "__code__", function.__code__)
        function.__code__ = fresh[name].__code__


def _functions(module: str, names: dict[str, Any]) -> dict[str, FunctionType]:
    """The functions and methods that a module defines, by their qualified names."""
    found = [item for item in names.values() if getattr(item, "__module__", None) == module]
    inner = [item for owner in found if isinstance(owner, type) for item in vars(owner).values()]
    functions = [item for item in (*found, *inner) if isinstance(item, FunctionType)]
    return {item.__qualname__: item for item in functions if item.__code__.co_freevars == ()}


def _swap_texts(module: ModuleType, changed: dict[str, Any], undo: ExitStack) -> None:
    """Change the module's constant texts, also where another module has taken them into its own."""
    before = {name: value for name, value in vars(module).items() if _is_text(name, value)}
    for name, old in before.items():
        new = changed[name]
        if new == old:
            continue
        for user in [sys.modules[key] for key in sys.modules if key.startswith("billing.")]:
            for its_name, text in list(vars(user).items()):
                if _is_text(its_name, text) and old in text:
                    undo.callback(setattr, user, its_name, text)
                    setattr(user, its_name, text.replace(old, new))


def _is_text(name: str, value: object) -> bool:
    return isinstance(value, str) and not name.startswith("__")
