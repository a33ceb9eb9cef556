"""How long to wait for the next key before asking: from the user's pace and the worker's speed."""

from __future__ import annotations

WAIT_SECONDS_MIN = 0.075
WAIT_SECONDS_MAX = 0.6
WAIT_SECONDS_START = 0.15
_PAUSE_SECONDS = 2.0
_WEIGHT = 0.2


class Debounce:
    """Learns the time between keys and between request and answer, both smoothed.

    A fast worker is asked after about one and a half keystrokes; the slower it is, the longer a
    pause must be to be worth a request. An explicit request never waits.
    """

    def __init__(self) -> None:
        self._key_interval_seconds = WAIT_SECONDS_START
        self._response_seconds = 0.0
        self._last_key_at: float | None = None

    def note_key(self, now: float) -> None:
        """A request was triggered by typing at ``now`` (monotonic seconds)."""
        if self._last_key_at is not None:
            interval = now - self._last_key_at
            if 0.0 <= interval <= _PAUSE_SECONDS:
                self._key_interval_seconds += _WEIGHT * (interval - self._key_interval_seconds)
        self._last_key_at = now

    def note_response(self, seconds: float) -> None:
        """An answer took ``seconds`` to arrive."""
        self._response_seconds += _WEIGHT * (max(seconds, 0.0) - self._response_seconds)

    def wait_seconds(self) -> float:
        """How long to wait before the next automatic request."""
        wanted = 1.5 * self._key_interval_seconds + 0.1 * self._response_seconds
        return min(max(wanted, WAIT_SECONDS_MIN), WAIT_SECONDS_MAX)
