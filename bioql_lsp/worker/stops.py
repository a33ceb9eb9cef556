"""Texts at which an answer ends, for clients that name them; they are no part of the answer."""

from __future__ import annotations


class StopTexts:
    """Passes an answer's pieces on until a stop text is complete, wherever the pieces divide it."""

    def __init__(self, texts: tuple[str, ...] = ()) -> None:
        self._texts = texts
        self._kept = ""
        """The end of what came, as far as a stop text may begin there."""
        self.is_reached = False

    def passed(self, piece: str) -> str:
        """What may be told after one more piece; nothing after a stop text."""
        if self.is_reached:
            return ""
        text = self._kept + piece
        found = [at for stop in self._texts if (at := text.find(stop)) >= 0]
        if found:
            self.is_reached, self._kept = True, ""
            return text[: min(found)]
        kept = max((_overlap(text, stop) for stop in self._texts), default=0)
        self._kept = text[len(text) - kept :]
        return text[: len(text) - kept]

    def rest(self) -> str:
        """What was kept back when no more comes."""
        rest, self._kept = self._kept, ""
        return rest


def _overlap(text: str, stop: str) -> int:
    """The longest beginning of ``stop`` that ``text`` ends with, in characters."""
    longest = min(len(stop) - 1, len(text))
    return next((n for n in range(longest, 0, -1) if text.endswith(stop[:n])), 0)
