"""What the operator asks of the ledger: accounts, keys, money, tiers, prices, plans, retention."""

from __future__ import annotations

from contextlib import suppress

from billing import keys
from billing.database import Session
from billing.model import Funds, Hold, KeyInfo, RejectedInputError
from billing.operations import accounts, charges, plans, price_list, texts
from billing.operations import keys as key_operations
from billing.operations import tiers as tier_operations
from billing.operations.accounts import AccountInfo
from billing.operations.adjust import adjust
from billing.operations.refund import refund
from billing.operations.tiers import Discount, Tier, TierChanges
from billing.operations.topup import topup
from billing.prices import Price
from billing.store import Store


class Administration(Store):
    """Every method is one transaction (but ``grant_plan_credit``: one for each account).

    All of them raise LedgerUnusableError; money is nano-USD, time microseconds since 1970.
    """

    # Accounts

    def add_account(self, email: str, tier: str = "free") -> None:
        """Add an account, with the credit that its tier includes. Raises RejectedInputError."""

        def add(session: Session, now_us: int) -> None:
            user_id = accounts.add_account(session, now_us, email, tier)
            plans.grant(session, now_us, user_id)

        self._write(add)

    def account(self, email: str) -> AccountInfo:
        """What is known of an account. Raises RejectedInputError."""
        now_us = self._clock()
        return self._read(
            lambda session: accounts.account_info(
                session, now_us, accounts.user_id_of(session, email)
            )
        )

    def list_accounts(self) -> list[AccountInfo]:
        """Every account, oldest first."""
        now_us = self._clock()
        return self._read(lambda session: accounts.list_accounts(session, now_us))

    def set_account(
        self, email: str, *, tier: str | None = None, low_balance_nano_usd: int | None = None
    ) -> AccountInfo:
        """Change the tier, the threshold of the low-balance event (0: none), or both.

        A new tier brings its monthly credit at once where the month has had none yet. Raises
        RejectedInputError.
        """
        user_id = self._user_id_of(email)

        def change(session: Session, now_us: int) -> AccountInfo:
            if tier is not None:
                accounts.set_tier(session, user_id, tier)
                plans.grant(session, now_us, user_id)
            if low_balance_nano_usd is not None:
                accounts.set_low_balance(session, now_us, user_id, low_balance_nano_usd)
            return accounts.account_info(session, now_us, user_id)

        return self._write(change, user_id)

    def disable_account(self, email: str) -> AccountInfo:
        """Refuse every key of an account; its money stays. Raises RejectedInputError."""
        return self._set_disabled(email, is_disabled=True)

    def enable_account(self, email: str) -> AccountInfo:
        """Let the keys of an account work again. Raises RejectedInputError."""
        return self._set_disabled(email, is_disabled=False)

    def _set_disabled(self, email: str, *, is_disabled: bool) -> AccountInfo:
        user_id = self._user_id_of(email)

        def change(session: Session, now_us: int) -> AccountInfo:
            accounts.set_disabled(session, now_us, user_id, is_disabled=is_disabled)
            return accounts.account_info(session, now_us, user_id)

        return self._write(change, user_id)

    # Keys

    def add_key(
        self,
        email: str,
        cap_nano_usd: int | None = None,
        expires_us: int | None = None,
        *,
        is_test: bool = False,
    ) -> tuple[str, KeyInfo]:
        """A new key, which is never shown again.

        On a standard ledger the requests of a test key cost its user nothing; every key of another
        ledger is a test key. Raises RejectedInputError.
        """
        is_test = is_test or self.kind != "standard"
        key = keys.new_key(is_test=is_test)

        def add(session: Session, now_us: int) -> KeyInfo:
            return key_operations.add_key(
                session,
                now_us,
                accounts.user_id_of(session, email),
                key,
                is_test=is_test,
                cap_nano_usd=cap_nano_usd,
                expires_us=expires_us,
            )

        return key, self._write(add)

    def list_keys(self, email: str | None = None) -> list[KeyInfo]:
        """The keys of an account, or all. Raises RejectedInputError."""

        def found(session: Session) -> list[KeyInfo]:
            user_id = None if email is None else accounts.user_id_of(session, email)
            return key_operations.list_keys(session, user_id)

        return self._read(found)

    def revoke_key(self, key: str) -> KeyInfo:
        """Refuse a key (its id, its display start or itself) from now on.

        Raises RejectedInputError.
        """
        return self._write(
            lambda session, now_us: key_operations.revoke_key(
                session, now_us, key_operations.key_id_of(session, key)
            )
        )

    def rotate_key(
        self, key: str, overlap_us: int = key_operations.OVERLAP_US
    ) -> tuple[str, KeyInfo, KeyInfo]:
        """A new key in place of another one (its id, its display start or itself).

        Returns the new key, which is never shown again, what is known of it, and of the old one,
        which works for ``overlap_us`` more. Raises RejectedInputError.
        """
        return self._write(
            lambda session, now_us: key_operations.rotate_key(
                session, now_us, key_operations.key_id_of(session, key), overlap_us
            )
        )

    # Money

    def topup(self, email: str, amount_nano_usd: int, external_id: str) -> bool:
        """Credit an account; False where this top-up was booked before.

        Raises IdempotencyConflictError, RejectedInputError.
        """
        user_id = self._user_id_of(email)
        return self._write(
            lambda session, now_us: topup(session, now_us, user_id, amount_nano_usd, external_id),
            user_id,
        )

    def refund(self, email: str, amount_nano_usd: int, external_id: str) -> bool:
        """Take off what was paid back; False where this refund was booked before.

        Raises IdempotencyConflictError, RejectedInputError.
        """
        user_id = self._user_id_of(email)
        return self._write(
            lambda session, now_us: refund(session, now_us, user_id, amount_nano_usd, external_id),
            user_id,
        )

    def adjust(self, email: str, amount_nano_usd: int, external_id: str, reason: str) -> bool:
        """Correct a balance either way; False where this adjustment was booked before.

        Raises IdempotencyConflictError, RejectedInputError.
        """
        user_id = self._user_id_of(email)
        return self._write(
            lambda session, now_us: adjust(
                session, now_us, user_id, amount_nano_usd, external_id=external_id, reason=reason
            ),
            user_id,
        )

    def balance(self, email: str) -> Funds:
        """The money of an account. Raises RejectedInputError."""
        return self._read(
            lambda session: charges.funds_of(session, accounts.user_id_of(session, email))
        )

    def grant_plan_credit(self) -> int:
        """Book the monthly credit of every active account that is due; how many there were.

        Once per account and month, however often and from however many workers it is called. An
        account that is full is left out.
        """
        now_us = self._clock()
        due = self._read(lambda session: plans.due_users(session, now_us))
        return sum(self._grant(user_id) for user_id in due)

    def _grant(self, user_id: int) -> bool:
        with suppress(RejectedInputError):
            return self._write(
                lambda session, now_us: plans.grant(session, now_us, user_id), user_id
            )
        return False

    # Tiers and prices

    def tiers(self) -> list[Tier]:
        """Every tier, the smallest first."""
        return self._read(tier_operations.tiers)

    def set_tier(self, name: str, changes: TierChanges) -> Tier:
        """Change the limits or the credit of a tier. Raises RejectedInputError."""
        return self._write(
            lambda session, _: tier_operations.set_tier_limits(session, name, changes)
        )

    def discounts(self, tier: str | None = None) -> list[Discount]:
        """The volume discounts of a tier, or of all. Raises RejectedInputError."""
        return self._read(lambda session: tier_operations.discounts(session, tier))

    def set_discount(self, tier: str, from_nano_usd: int, percent: int) -> None:
        """Give or change a volume discount. Raises RejectedInputError."""
        self._write(
            lambda session, _: tier_operations.set_discount(session, tier, from_nano_usd, percent)
        )

    def remove_discount(self, tier: str, from_nano_usd: int) -> None:
        """Take a volume discount away. Raises RejectedInputError."""
        self._write(
            lambda session, _: tier_operations.remove_discount(session, tier, from_nano_usd)
        )

    def prices(self) -> list[tuple[Price, int]]:
        """Every price version with when it began, or begins, to hold."""
        return self._read(price_list.price_list)

    def add_price(self, price: Price, valid_from_us: int | None = None) -> None:
        """Add a price version, for ever, from now or from a time to come.

        Raises RejectedInputError.
        """

        def add(session: Session, now_us: int) -> None:
            if valid_from_us is None:
                price_list.add_price(session, now_us, price)
            else:
                price_list.announce_price(session, now_us, valid_from_us, price)

        self._write(add)

    # Texts

    def retention_days(self) -> int | None:
        """For how many days prompts and code are kept; None: they are not kept at all."""
        return self._read(texts.retention_days)

    def set_retention(self, days: int | None) -> None:
        """Keep texts for so many days; None deletes them all. Raises RejectedInputError."""
        self._write(lambda session, _: texts.set_retention(session, days))
        if days is None:
            self._database.forget("stored_texts")

    def count_texts(self) -> int:
        """How many requests have stored texts."""
        return self._read(texts.count_texts)

    def store_texts(self, hold: Hold, prompt: str, code: str) -> bool:
        """Keep the texts of a request where the operator wants that; False where not."""
        return self._write(
            lambda session, now_us: texts.store_texts(session, now_us, hold.id, prompt, code),
            hold.user_id,
        )

    def purge_texts(self) -> int:
        """Delete the texts that are past their days; how many there were."""
        purged = self._write(texts.purge_texts)
        if purged:
            self._database.forget("stored_texts")
        return purged

    def _user_id_of(self, email: str) -> int:
        return self._read(lambda session: accounts.user_id_of(session, email))
