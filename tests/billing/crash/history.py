"""What a ledger must still know after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from billing.database import Session, open_database
from billing.ledger import Ledger
from tests.billing.crash.workload import Acknowledgement

_NEXT = {
    "open": ("open", "settled", "released"),
    "settled": ("voided",),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """How a request or a top-up stands."""

    status: str
    amount_nano_usd: int
    charged_nano_usd: int | None = None


class History:
    """Everything that one ledger was seen to know, over any number of crashes."""

    def __init__(self, url: str) -> None:
        self._known = facts_of(url)
        self.acknowledged = 0
        self.unacknowledged = 0

    def check(
        self, url: str, clock: Callable[[], int], acknowledgements: Iterable[Acknowledgement]
    ) -> None:
        """Fail where the ledger lost, changed or invented something, or its books do not balance.

        Each thread was told of everything that it asked for but the last operation, which may
        have been done or not.
        """
        facts = facts_of(url)
        acknowledged, latest = _replayed(acknowledgements)
        lost = _lost(facts, acknowledged, latest)
        assert not lost, f"acknowledged, and not there after the crash: {lost}"
        changed = {
            id_: (fact, facts.get(id_))
            for id_, fact in self._known.items()
            if facts.get(id_) not in (fact, _expired(fact))
        }
        assert not changed, f"known after an earlier crash, and not any more: {changed}"
        new = facts.keys() - self._known.keys()
        ahead = [id_ for id_ in new if facts[id_] != acknowledged.get(id_)]
        threads = {_thread_of(id_) for id_ in ahead}
        assert len(threads) == len(ahead), f"more than one operation of a thread ahead: {ahead}"
        with Ledger.open(url, clock) as ledger:
            assert ledger.audit() == []
        self._known = facts
        self.acknowledged += len(acknowledged)
        self.unacknowledged += len(ahead)


def facts_of(url: str) -> dict[str, Fact]:
    """Every request and top-up that the ledger knows, by its id."""
    database = open_database(url)
    try:
        return database.read(_read_facts)
    finally:
        database.close()


def _read_facts(session: Session) -> dict[str, Fact]:
    rows = session.rows(
        "SELECT h.request_id, h.status, h.amount_nano_usd, u.user_cost_nano_usd FROM holds h"
        " LEFT JOIN inference_usage u ON u.hold_id = h.id"
    ) + session.rows(
        "SELECT external_id, 'credited', amount_nano_usd, NULL FROM billing_transactions"
        " WHERE transaction_type = 'topup'"
    )
    return {id_: Fact(status, amount, charged) for id_, status, amount, charged in rows}


def _replayed(
    acknowledgements: Iterable[Acknowledgement],
) -> tuple[dict[str, Fact], dict[str, str]]:
    """What the acknowledgements say of each id, and the id that each thread came to last."""
    facts: dict[str, Fact] = {}
    latest: dict[str, str] = {}
    for acknowledgement in acknowledgements:
        id_, amount = acknowledgement.id, acknowledgement.amount_nano_usd
        latest[_thread_of(id_)] = id_
        if acknowledgement.verb == "held":
            facts[id_] = Fact("open", amount)
        elif acknowledgement.verb == "credited":
            facts[id_] = Fact("credited", amount)
        elif acknowledgement.verb == "voided":  # the charge stands, and was given back
            facts[id_] = replace(facts[id_], status="voided")
        else:
            facts[id_] = replace(facts[id_], status=acknowledgement.verb, charged_nano_usd=amount)
    return facts, latest


def lost_of(url: str, acknowledgements: Iterable[Acknowledgement]) -> list[str]:
    """The ids of what was acknowledged and is not so."""
    return list(_lost(facts_of(url), *_replayed(acknowledgements)))


def _lost(
    facts: dict[str, Fact], acknowledged: dict[str, Fact], latest: dict[str, str]
) -> dict[str, tuple[Fact, Fact | None]]:
    return {
        id_: (fact, facts.get(id_))
        for id_, fact in acknowledged.items()
        if facts.get(id_) != fact
        and not (latest[_thread_of(id_)] == id_ and _is_next(fact, facts.get(id_)))
    }


def _is_next(before: Fact, after: Fact | None) -> bool:
    """Whether one more operation leads from one to the other."""
    if after is None or after.status not in _NEXT.get(before.status, ()):
        return False
    if before.status == "settled":
        return after == replace(before, status="voided")
    if after.status == "open":
        return after.amount_nano_usd > before.amount_nano_usd
    return after.amount_nano_usd == before.amount_nano_usd


def _expired(fact: Fact) -> Fact:
    return replace(fact, status="expired") if fact.status == "open" else fact


def _thread_of(id_: str) -> str:
    return id_.rpartition("-")[0]
