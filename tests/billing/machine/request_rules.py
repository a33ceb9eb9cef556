"""What clients and workers do: hold, extend, settle, release, void, repeat, die."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from billing.model import EngineUsage, Hold
from tests.billing.machine.base import PICKS, LedgerMachineBase

ALL = ("open", "settled", "released", "voided", "expired")
RESOLVED = ("settled", "released", "voided", "expired")
REQUEST_IDS = st.sampled_from([f"r{number}" for number in range(1, 9)])
FIRST_KEYS = st.sampled_from(["ada", "ada-capped", "ada-test", "bob"])
ENGINES = st.sampled_from(["onnx", "vllm"])
USAGES = st.builds(
    EngineUsage,
    prompt_tokens=st.sampled_from([0, 1, 999, 4_000]),
    completion_tokens=st.sampled_from([0, 7, 1_000]),
    engine_us=st.sampled_from([0, 179, 1_000_000, 2_000_000, 5_000_000, 7_654_321]),
)


class RequestRules(LedgerMachineBase):
    """Rules about requests."""

    def places(self, *statuses: str) -> list[tuple[str, str]]:
        requests = self.model.requests.items()
        return [place for place, request in requests if request.status in statuses]

    def picked(self, pick: int, *statuses: str) -> tuple[str, str]:
        places = self.places(*statuses)
        return places[pick % len(places)]

    def hold_once(
        self, name: str, request_id: str, fingerprint: str, engine: str, usage_max: EngineUsage
    ) -> None:
        reply = self.expect(
            self.model.hold(name, request_id, fingerprint, engine, usage_max),
            self.ledger.hold,
            self.principals[name],
            request_id,
            fingerprint,
            engine,
            usage_max.engine_us,
            prompt_tokens_max=usage_max.prompt_tokens,
            completion_tokens_max=usage_max.completion_tokens,
        )
        if isinstance(reply, Hold):
            self.holds[self.model.keys[name].email, request_id] = reply

    @rule(
        pick=PICKS,
        request_id=REQUEST_IDS,
        fingerprint=st.sampled_from("aaab"),
        engine=ENGINES,
        usage_max=USAGES,
    )
    def hold(
        self, pick: int, request_id: str, fingerprint: str, engine: str, usage_max: EngineUsage
    ) -> None:
        self.hold_once(self.picked_key(pick), request_id, fingerprint, engine, usage_max)

    @rule(name=FIRST_KEYS, usage_max=USAGES)
    def hold_with_a_first_key(self, name: str, usage_max: EngineUsage) -> None:
        newest = self.model.newest_key(name)
        self.hold_once(newest, self.new_request_id(), "a", "onnx", usage_max)

    @rule(pick=PICKS, usage_max=USAGES)
    def hold_with_any_key(self, pick: int, usage_max: EngineUsage) -> None:
        self.hold_once(self.picked_key(pick), self.new_request_id(), "a", "vllm", usage_max)

    @rule(
        pick=PICKS,
        usage_max=USAGES,
        usage=USAGES,
        status=st.sampled_from(["settled", "settled", "released"]),
    )
    def serve(self, pick: int, usage_max: EngineUsage, usage: EngineUsage, status: str) -> None:
        self.serve_once(self.picked_key(pick), usage_max, usage, status)

    @rule(name=FIRST_KEYS, usage=USAGES)
    def serve_in_full(self, name: str, usage: EngineUsage) -> None:
        self.serve_once(self.model.newest_key(name), usage, usage, "settled")

    @rule(name=FIRST_KEYS, usage_max=USAGES, usage=USAGES)
    def serve_with_a_first_key(self, name: str, usage_max: EngineUsage, usage: EngineUsage) -> None:
        self.serve_once(self.model.newest_key(name), usage_max, usage, "settled")

    # A rule under two names is chosen twice as often.
    hold_often, serve_often = hold_with_a_first_key, serve_in_full

    def serve_once(
        self, name: str, usage_max: EngineUsage, usage: EngineUsage, status: str
    ) -> None:
        place = self.model.keys[name].email, self.new_request_id()
        self.hold_once(name, place[1], "a", "vllm", usage_max)
        if place in self.model.requests:
            self.resolve(place, usage, status)

    def new_request_id(self) -> str:
        return f"n{len(self.model.requests)}"

    @precondition(lambda self: self.model.requests)
    @rule(
        pick=PICKS,
        body=st.sampled_from(["same", "same", "other"]),
        engine=ENGINES,
        usage_max=USAGES,
    )
    def replay(self, pick: int, body: str, engine: str, usage_max: EngineUsage) -> None:
        place = self.picked(pick, *ALL)
        request = self.model.requests[place]
        fingerprint = request.fingerprint if body == "same" else "another"
        self.hold_once(request.key, place[1], fingerprint, engine, usage_max)

    @precondition(lambda self: self.places("open"))
    @rule(pick=PICKS, usage_max=USAGES)
    def extend(self, pick: int, usage_max: EngineUsage) -> None:
        self.extend_to(self.picked(pick, "open"), usage_max)

    @precondition(lambda self: self.model.requests)
    @rule(pick=PICKS, usage_max=USAGES)
    def extend_anything(self, pick: int, usage_max: EngineUsage) -> None:
        self.extend_to(self.picked(pick, *ALL), usage_max)

    def extend_to(self, place: tuple[str, str], usage_max: EngineUsage) -> None:
        expected = self.model.extend(place, usage_max)
        reply = self.expect(expected, self.ledger.extend, self.holds[place], usage_max)
        if isinstance(reply, Hold):
            self.holds[place] = reply

    @precondition(lambda self: self.places("open"))
    @rule(pick=PICKS, usage=USAGES, status=st.sampled_from(["settled", "settled", "released"]))
    def resolve_open(self, pick: int, usage: EngineUsage, status: str) -> None:
        self.resolve(self.picked(pick, "open"), usage, status)

    @precondition(lambda self: self.places(*RESOLVED))
    @rule(pick=PICKS, usage=USAGES, status=st.sampled_from(["settled", "released"]))
    def resolve_again(self, pick: int, usage: EngineUsage, status: str) -> None:
        self.resolve(self.picked(pick, *RESOLVED), usage, status)

    def resolve(self, place: tuple[str, str], usage: EngineUsage, status: str) -> None:
        operation = self.ledger.settle if status == "settled" else self.ledger.release
        expected = self.model.resolve(place, usage, status)
        self.expect(expected, operation, self.holds[place], usage)

    @precondition(lambda self: self.places("settled"))
    @rule(pick=PICKS)
    def void(self, pick: int) -> None:
        self.void_once(self.picked(pick, "settled"))

    @precondition(lambda self: self.places("voided"))
    @rule(pick=PICKS)
    def void_again(self, pick: int) -> None:
        self.void_once(self.picked(pick, "voided"))

    @rule(pick=PICKS, request_id=st.sampled_from(["r1", "n0", "n1", "n2"]))
    def void_anything(self, pick: int, request_id: str) -> None:
        self.void_once((self.model.keys[self.picked_key(pick)].email, request_id))

    def void_once(self, place: tuple[str, str]) -> None:
        name = next(name for name, key in self.model.keys.items() if key.email == place[0])
        self.expect(self.model.void(place), self.ledger.void, self.principals[name], place[1])

    @precondition(lambda self: self.model.requests)
    @rule(picks=st.lists(PICKS, max_size=3, unique=True))
    def heartbeat(self, picks: list[int]) -> None:
        places = list(dict.fromkeys(self.picked(pick, *ALL) for pick in picks))
        holds = [self.holds[place] for place in places]
        self.expect(self.model.heartbeat(places), self.ledger.heartbeat, holds)
