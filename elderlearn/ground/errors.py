"""What a verb may say instead of an answer. Rooms raise these; doors turn them into pages or problem+json."""

from __future__ import annotations


class Refusal(Exception):
    """The rules say no. `code` is stable and machine-readable; the sentence belongs to the door."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Missing(Exception):
    """Not there, or not yours to know: the two are never told apart."""


class Stale(Exception):
    """Somebody else changed it meanwhile; look again."""
