"""Calls that are refused whatever the state of the ledger, and that change nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from billing.ledger import Ledger
from billing.model import EngineUsage, Principal

Nonsense: TypeAlias = Callable[[Ledger, Principal], Any]

_DAY_US = 86_400_000_000
_MUCH_USD = 1_000_000 * 10**9

NONSENSE: dict[str, Nonsense] = {
    "a hold without an id": lambda ledger, who: ledger.hold(who, "", "a", "onnx", 1),
    "an id with a space": lambda ledger, who: ledger.hold(who, "a b", "a", "onnx", 1),
    "a negative hold": lambda ledger, who: ledger.hold(who, "x", "a", "onnx", -1),
    "more than a day": lambda ledger, who: ledger.hold(who, "x", "a", "onnx", _DAY_US + 1),
    "negative tokens": lambda ledger, who: ledger.hold(
        who, "x", "a", "onnx", 1, prompt_tokens_max=-1
    ),
    "too many tokens": lambda ledger, who: ledger.hold(
        who, "x", "a", "onnx", 1, completion_tokens_max=10_000_001
    ),
    "a top-up of nothing": lambda ledger, who: ledger.topup(who.email, 0, "x"),
    "a negative top-up": lambda ledger, who: ledger.topup(who.email, -1, "x"),
    "too large a top-up": lambda ledger, who: ledger.topup(who.email, _MUCH_USD + 1, "x"),
    "a top-up without an id": lambda ledger, who: ledger.topup(who.email, 1, ""),
    "a negative refund": lambda ledger, who: ledger.refund(who.email, -1, "x"),
    "an adjustment of nothing": lambda ledger, who: ledger.adjust(who.email, 0, "x", "why"),
    "an adjustment without a reason": lambda ledger, who: ledger.adjust(who.email, 1, "x", " "),
    "money for nobody": lambda ledger, _: ledger.topup("nobody@example.org", 1, "x"),
    "a second account": lambda ledger, who: ledger.add_account(who.email),
    "no such tier": lambda ledger, who: ledger.set_account(who.email, tier="gold"),
    "a negative threshold": lambda ledger, who: ledger.set_account(
        who.email, low_balance_nano_usd=-1
    ),
    "a tier without requests": lambda ledger, _: ledger.set_tier(
        "free", {"concurrent_requests": 0}
    ),
    "more than all off": lambda ledger, _: ledger.set_discount("free", 0, 101),
    "no such key": lambda ledger, _: ledger.revoke_key("999999"),
    "too long an overlap": lambda ledger, who: ledger.rotate_key(str(who.key_id), 91 * _DAY_US),
    "a key of yesterday": lambda ledger, who: ledger.add_key(who.email, None, 1),
}
"""By what is wrong with them."""

BAD_USAGES = (
    EngineUsage(-1, 0, 0),
    EngineUsage(0, -1, 0),
    EngineUsage(0, 0, -1),
    EngineUsage(0, 0, _DAY_US + 1),
    EngineUsage(10_000_001, 0, 0),
)
"""What no request can have used."""
