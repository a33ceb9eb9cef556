"""Old users become accounts, and their active keys work for 30 days more."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from billing.keys import DEMO_KEY, hash_of
from billing.legacy.old_database import OldRow, OldValue
from billing.legacy.report import row_name
from billing.legacy.run import ImportRun
from billing.legacy.values import RowRefusedError, is_true, reference, shown, token
from billing.model import RejectedInputError
from billing.operations.accounts import add_account, normalised_email, set_disabled

KEY_LIFE_US = 30 * 24 * 3_600_000_000
"""How long an imported key works unless it is rotated: nobody can tell a typo in it."""

_KEY_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEY_START_LENGTH_MAX = 16
_TIERS = {
    "free": "free",
    "starter": "light",
    "light": "light",
    "pro": "pro",
    "enterprise": "enterprise",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """The account that an old user has in the ledger. ``was_active``: at the old service."""

    user_id: int
    account_id: int
    email: str
    was_active: bool


@dataclass(slots=True)
class Customers:
    """Whom the users of the old file are here."""

    taken: dict[OldValue, Customer] = field(default_factory=dict)
    refused: set[OldValue] = field(default_factory=set)

    def find(self, user: OldValue) -> Customer:
        """The customer that an old row belongs to. Raises RowRefusedError."""
        if user is None:
            raise RowRefusedError("it belongs to no user")
        customer = self.taken.get(reference(user))
        if customer is None:
            is_known = reference(user) in self.refused
            problem = "could not be taken" if is_known else "is not in the file"
            raise RowRefusedError(f"its user {shown(user)} {problem}")
        return customer


def import_users(run: ImportRun) -> Customers:
    """Find or make the account of each old user."""
    run.report.count("users")
    rows = list(run.old.rows("users", "id", "email", "is_active", "tier_id", "current_plan"))
    uses = Counter(reference(row.get("id")) for row in rows)
    tier_names = {
        reference(row.get("id")): row.get("name")
        for row in run.old.rows("pricing_tiers", "id", "name")
    }
    customers = Customers()
    owners: dict[str, str] = {}
    for place, row in enumerate(rows, start=1):
        name, user = row_name(row.get("id"), place), reference(row.get("id"))
        try:
            if user is None:
                raise RowRefusedError("it has no id")
            if uses[user] > 1:
                raise RowRefusedError("another row has the same id")
            email = _free_email(row.get("email"), name, owners)
        except RowRefusedError as error:
            customers.refused.add(user)
            run.report.refuse("users", name, str(error))
        else:
            customers.taken[user] = _customer(run, row, name, email, _tier(run, row, tier_names))
    return customers


def _free_email(value: OldValue, name: str, owners: dict[str, str]) -> str:
    """The email as it is stored here. Two users never share one: they may be two persons."""
    try:
        email = normalised_email(value if isinstance(value, str) else "")
    except RejectedInputError:
        raise RowRefusedError("its email is not an address") from None
    if email in owners:
        raise RowRefusedError(f"users {owners[email]} has the same email, but for capitals")
    owners[email] = name
    return email


def _tier(run: ImportRun, row: OldRow, tier_names: dict[OldValue, OldValue]) -> str:
    by_id = tier_names.get(reference(row.get("tier_id")))
    names = (by_id, row.get("current_plan"), row.get("tier_id"))
    old_name = next((name for name in names if name is not None), None)
    tier = _TIERS.get(str(old_name).strip().lower())
    if tier is None:
        found = "no tier" if old_name is None else f"the unknown tier {shown(old_name)}"
        run.report.warn("users", shown(row.get("id")), f"has {found}: free")
    return tier or "free"


def _customer(run: ImportRun, row: OldRow, name: str, email: str, tier: str) -> Customer:
    was_active = is_true(row.get("is_active", 1))
    found = run.session.row(
        "SELECT t.name, u.disabled_us FROM users u JOIN pricing_tiers t ON t.id = u.tier_id"
        " WHERE u.email = ?",
        email,
    )
    if found is None:
        user_id = add_account(run.session, run.now_us, email, tier)
        if not was_active:
            set_disabled(run.session, run.now_us, user_id, is_disabled=True)
        run.report.count("users").taken += 1
    else:
        run.report.count("users").already_there += 1
        if found[0] != tier:
            text = f"{email} is in the tier {found[0]} here, not {tier}: kept"
            run.report.warn("users", name, text)
        if not was_active and found[1] is None:
            run.report.warn("users", name, f"{email} was inactive, but is active here: kept")
    ids = run.session.row(
        "SELECT u.id, a.id FROM users u JOIN accounts a ON a.user_id = u.id WHERE u.email = ?",
        email,
    )
    assert ids is not None
    return Customer(ids[0], ids[1], email, was_active)


def import_keys(run: ImportRun, customers: Customers) -> None:
    """Take the hashes of active keys."""
    run.report.count("api_keys")
    owners: dict[str, str] = {}
    rows = run.old.rows("api_keys", "id", "user_id", "key_hash", "is_active")
    for place, row in enumerate(rows, start=1):
        name = row_name(row.get("id"), place)
        try:
            customer = customers.find(row.get("user_id"))
            key_hash = _key_hash(row.get("key_hash"))
            reason = _reason_to_leave(row, key_hash, customer)
            if reason:
                run.report.leave_out("api_keys", name, reason)
                continue
            if key_hash in owners:
                raise RowRefusedError(f"it is the same key as api_keys {owners[key_hash]}")
            owners[key_hash] = name
            _take_key(run, row, key_hash, customer)
        except RowRefusedError as error:
            run.report.refuse("api_keys", name, str(error))


def _key_hash(value: OldValue) -> str:
    if not isinstance(value, str) or not _KEY_HASH.fullmatch(value):
        raise RowRefusedError("its hash is not 64 hexadecimal digits in lower case")
    return value


def _reason_to_leave(row: OldRow, key_hash: str, customer: Customer) -> str:
    if key_hash == hash_of(DEMO_KEY):
        return "is the public demo key, which opens nothing but a demo"
    if not is_true(row.get("is_active", 1)):
        return "is inactive"
    return "" if customer.was_active else "belongs to an inactive user"


def _take_key(run: ImportRun, row: OldRow, key_hash: str, customer: Customer) -> None:
    start = f"{run.report.source}-{token(row.get('id'))[:_KEY_START_LENGTH_MAX]}"
    is_new = run.session.change(
        "INSERT INTO api_keys (user_id, key_hash, key_start, is_test, is_legacy, created_us,"
        " expires_us) VALUES (?, ?, ?, ?, 1, ?, ?) ON CONFLICT (key_hash) DO NOTHING",
        customer.user_id,
        key_hash,
        start,
        int(run.is_test),
        run.now_us,
        run.now_us + KEY_LIFE_US,
    )
    if is_new:
        run.report.count("api_keys").taken += 1
        return
    owner = run.session.row("SELECT user_id FROM api_keys WHERE key_hash = ?", key_hash)
    assert owner is not None
    if owner[0] != customer.user_id:
        raise RowRefusedError("it opens another account here")
    run.report.count("api_keys").already_there += 1
