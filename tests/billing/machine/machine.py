"""Random histories of a ledger: every reply and every row is predicted by the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from billing.ledger import Ledger
from billing.model import EngineUsage
from tests.billing.machine.account_rules import AccountRules
from tests.billing.machine.base import PICKS, same
from tests.billing.machine.model import REJECTED
from tests.billing.machine.nonsense import BAD_USAGES, NONSENSE
from tests.billing.machine.places import Place
from tests.billing.machine.request_model import KEY_REFUSED
from tests.billing.machine.request_rules import ALL, RequestRules
from tests.billing.machine.values import DAY_SECONDS

STEPS = 60


class LedgerMachine(RequestRules, AccountRules):
    """All rules, and those about time and about reading."""

    @rule(seconds=st.sampled_from([1, 59, 60, 61, 599, 600, 601]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule(days=st.sampled_from([-40, -20, -1, 1, 20, 31]), is_granted=st.booleans())
    def change_day(self, days: int, is_granted: bool) -> None:
        """A clock may jump back as well, even to before the ledger was made."""
        self.clock.advance(days * DAY_SECONDS)
        if is_granted:
            self.grant_plan_credit()

    @rule(
        chore=st.sampled_from(["sweep", "grant", "close", "reopen", "read", "read keys"]),
        pick=PICKS,
    )
    def do_a_chore(self, chore: str, pick: int) -> None:
        """What happens now and then; one rule, so that requests stay the most of a history."""
        name = self.picked_key(pick)
        chores: dict[str, Callable[[], None]] = {
            "sweep": self.sweep,
            "grant": self.grant_plan_credit,
            "close": self.close_journal,
            "reopen": self.reopen,
            "read": lambda: self.read_account(name),
            "read keys": lambda: self.read_keys(name),
        }
        chores[chore]()

    chores_often = do_a_chore

    @rule(what=st.sampled_from(sorted(NONSENSE)), pick=PICKS)
    def try_nonsense(self, what: str, pick: int) -> None:
        principal = self.principals[self.picked_key(pick)]
        self.expect(REJECTED, NONSENSE[what], self.ledger, principal)

    @precondition(lambda self: self.model.requests)
    @rule(usage=st.sampled_from(BAD_USAGES), pick=PICKS)
    def try_a_bad_usage(self, usage: EngineUsage, pick: int) -> None:
        hold = self.holds[self.picked(pick, *ALL)]
        for operation in (self.ledger.settle, self.ledger.release, self.ledger.extend):
            self.expect(REJECTED, operation, hold, usage)

    def sweep(self) -> None:
        self.expect(self.model.sweep(), self.ledger.sweep)

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.url, self.clock)
        self.model.sweep()

    def close_journal(self) -> None:
        self.model.close_journal()
        self.must(self.ledger.close_journal)
        self.head = self.must(self.ledger.head)

    def read_account(self, name: str) -> None:
        email = self.model.keys[name].email
        funds = self.model.funds(email)
        self.expect(funds, self.ledger.balance, email)
        self.expect(funds, self.ledger.funds, self.principals[name])
        counters = self.model.counters(email, self.model.month_to_be(email))
        self.expect(counters, self.ledger.month, self.principals[name])
        statement = self.must(self.ledger.statement, email)
        same("the statement's end", funds.posted_nano_usd, statement.closing_nano_usd)

    def read_keys(self, name: str) -> None:
        self.authenticate(name)
        listed = {info.id: info for info in self.must(self.ledger.list_keys)}
        for name, key in self.model.keys.items():
            info = listed[self.principals[name].key_id]
            found = (info.cap_nano_usd, info.expires_us, info.revoked_us is not None)
            expected = (self.model.keys[key.root].cap, key.expires_us, key.is_revoked)
            same(f"the key {name} as listed", expected, found)
            spent = (info.spent_nano_usd, info.held_nano_usd)
            same(f"spent and held of the key {name} as listed", self.model.rotation(name), spent)

    def authenticate(self, name: str) -> None:
        tier = self.model.accounts[self.model.keys[name].email].tier
        principal = replace(
            self.principals[name],
            tier=tier,
            requests_per_minute=self.model.tiers[tier].requests_per_minute,
        )
        expected = principal if self.model.key_opens(name) else KEY_REFUSED
        self.expect(expected, self.ledger.authenticate, self.api_keys[name])


def run_histories(
    place: Place, number: int, *, random_seed: int = 0, is_shrunk: bool = True
) -> None:
    """Run so many histories, the same ones for the same ``random_seed``.

    Raises MismatchError for one that the ledger and its model see differently: the shortest that is
    found when ``is_shrunk``, else the first.
    """

    class PlacedMachine(LedgerMachine):
        def __init__(self) -> None:
            super().__init__(place)

    run_state_machine_as_test(
        seed(random_seed)(PlacedMachine),
        settings=settings(
            max_examples=number,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if is_shrunk else [Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.normal if is_shrunk else Verbosity.quiet,
        ),
    )
