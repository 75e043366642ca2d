"""Sends nothing: the text is kept, and a page shows what would have been sent."""

from __future__ import annotations

from elderlearn.notices.outcomes import Outcome


class Pretend:
    """For a demo and for trying things out; everybody is reached at once."""

    name = "pretend"
    batch = 500
    is_idempotent = True
    keeps_text = True

    async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
        """Always sent."""
        return Outcome.SENT
