"""Who is signed in, and leaving."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import token_hash
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.sign_in.start import LEADER_DAYS, RESIDENT_DAYS

IDLE = timedelta(minutes=30)  # of officers and all other staff but leaders; domain.md section 6
SEEN_EVERY = timedelta(minutes=1)
A_DAY = timedelta(days=1)  # residents and leaders who come every day are prolonged as often, so not sooner
LONGEST_TOKEN = 100
# A day or more is gone of what it lasts; others than residents and leaders have no `lasts`.
IS_SHORT = "coalesce(found.expires_at < $2 + found.lasts - $7::interval, false)"


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request. Residents have no role; `sign_in_id` is 0 for an API token.

    `is_prolonged`: by this request, so that the browser has to keep the cookie longer, too.
    """

    kind: Literal["resident", "staff"]
    id: int
    name: str
    role: str | None
    place_id: int | None
    district_id: int | None
    language: str | None
    text_size: int | None
    sign_in_id: int
    is_prolonged: bool = False


async def who(token: str) -> SignedIn | None:
    """Whom the token of a cookie belongs to, or none: unknown, ended, too old, idle too long, staff gone.

    One query; when somebody was last seen is kept to the minute. Whoever uses a sign-in of 180 or 90 days is not
    signed out in the middle of something: they count from the day it was used last.
    """
    if not token or len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    found = await row(
        f"""WITH found AS (
            SELECT i.id AS sign_in_id, i.seen_at, i.expires_at,
                CASE WHEN s.id IS NULL THEN $5::interval WHEN s.role = 'leader' THEN $6::interval END AS lasts,
                CASE WHEN s.id IS NULL THEN 'resident' ELSE 'staff' END AS kind,
                coalesce(s.id, r.id) AS id, coalesce(s.name, r.name, '') AS name, s.role,
                coalesce(s.place, r.place) AS place_id, coalesce(s.district, r.district) AS district_id,
                coalesce(s.language, r.language) AS language, coalesce(s.text_size, r.text_size) AS text_size
            FROM sign_in i LEFT JOIN staff s ON s.id = i.staff LEFT JOIN resident r ON r.id = i.resident
            WHERE i.token_hash = $1 AND i.ended_at IS NULL AND i.expires_at > $2
              AND (s.id IS NULL OR s.ended_at IS NULL) AND (r.id IS NULL OR r.state IN ('active', 'left'))
              AND (s.id IS NULL OR s.role = 'leader' OR i.seen_at > $3)),
        seen AS (
            UPDATE sign_in SET seen_at = $2,
                expires_at = CASE WHEN {IS_SHORT} THEN $2 + found.lasts ELSE sign_in.expires_at END
            FROM found WHERE sign_in.id = found.sign_in_id AND sign_in.seen_at < $4)
        SELECT kind, id, name, role, place_id, district_id, language, text_size, sign_in_id,
            seen_at < $4 AND {IS_SHORT} AS is_prolonged FROM found""",
        token_hash(token),
        now(),
        now() - IDLE,
        now() - SEEN_EVERY,
        RESIDENT_DAYS,
        LEADER_DAYS,
        A_DAY,
    )
    return SignedIn(**found) if found else None


async def whose(token: str) -> str:
    """Whose sign-in this is or was, ended or not, as kind:id; empty when nobody knows. It lets nobody in."""
    if not token or len(token) > LONGEST_TOKEN or not token.isascii():
        return ""
    found = await row("SELECT resident, staff FROM sign_in WHERE token_hash = $1", token_hash(token))
    if found is None:
        return ""
    return f"staff:{found['staff']}" if found["staff"] else f"resident:{found['resident']}"


async def sign_out(token: str) -> None:
    """This phone or browser only; twice is harmless."""
    async with unit_of_work():
        ended = await row(
            """UPDATE sign_in SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL
            RETURNING id, resident, staff""",
            token_hash(token),
            now(),
        )
        if ended is not None:
            kind: Literal["resident", "staff"] = "resident" if ended["resident"] else "staff"
            by = Actor(kind, ended[kind], "open")
            await note("sign_out", by=by, subject="sign_in", subject_id=ended["id"])


async def sign_out_everywhere(kind: Literal["resident", "staff"], id: int, *, by: Actor) -> int:
    """Every phone and browser of one person; how many there were."""
    column = "resident" if kind == "resident" else "staff"
    async with unit_of_work():
        ended = await rows(
            f"UPDATE sign_in SET ended_at = $2 WHERE {column} = $1 AND ended_at IS NULL RETURNING id", id, now()
        )
        if ended:
            await note("sign_out_everywhere", by=by, subject=kind, subject_id=id, sign_ins=len(ended))
    return len(ended)
