"""A code scanned in the hall is swapped at once for a claim: five minutes to sign in and to say "I am here"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from elderlearn.checkin import venue_code
from elderlearn.ground.clock import now
from elderlearn.ground.keys import secret
from elderlearn.ground.settings import settings

LASTS = timedelta(minutes=5)  # contract section 4
NEWEST_KEY = 1  # keys are added here, never removed: what was printed stays good


@dataclass(frozen=True)
class Claim:
    """Whoever holds this was shown the code of the session at `scanned_at`, by our clock."""

    id: UUID
    session_id: int
    scanned_at: datetime
    is_printed: bool

    def is_over(self, moment: datetime) -> bool:
        """Too slow, or from a time that has not come."""
        return not timedelta() <= moment - self.scanned_at <= LASTS


def claim_by(code: str) -> Claim | None:
    """A new claim for a genuine code that is good now, else none. Nothing is written down."""
    moment = now()
    said = venue_code.read_venue_code(code, moment, _keys())
    return Claim(uuid4(), said.session_id, moment, said.is_printed) if said else None


def screen_address(session_id: int, moment: datetime) -> str:
    """What the QR on the screen holds at that moment."""
    code = venue_code.rotating_code(session_id, moment, key_id=NEWEST_KEY, key=_keys()[NEWEST_KEY])
    return venue_code.venue_url(code, settings().public_url)


def poster_address(session_id: int) -> str:
    """What the QR on a poster holds."""
    code = venue_code.printed_code(session_id, key_id=NEWEST_KEY, key=_keys()[NEWEST_KEY])
    return venue_code.venue_url(code, settings().public_url)


def _keys() -> dict[int, bytes]:
    return {key_id: secret(f"venue-{key_id}") for key_id in range(1, NEWEST_KEY + 1)}
