"""API tokens: another system acts as one member of staff. Shown once, kept as a hash."""

from __future__ import annotations

import secrets

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import token_hash
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.sign_in.who import LONGEST_TOKEN, SignedIn
from elderlearn.people.staff import staff_by_name

PREFIX = "el_"
TOKEN_BYTES = 32


async def add_token(staff_name: str, *, by: Actor) -> str:
    """A new token; only this answer ever holds it. Raises Missing (also for an account that has ended)."""
    token = PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    async with unit_of_work():
        staff = await staff_by_name(staff_name)
        if staff.is_ended:
            raise Missing
        token_id = await value(
            "INSERT INTO api_token (staff, token_hash, created_at) VALUES ($1, $2, $3) RETURNING id",
            staff.id,
            token_hash(token),
            now(),
        )
        await note(
            "add_token",
            by=by,
            subject="api_token",
            subject_id=token_id,
            district=staff.district_id,
            staff=staff.id,
        )
    return token


async def end_token(token: str, *, by: Actor) -> None:
    """It opens nothing any more; twice is harmless."""
    async with unit_of_work():
        ended = await value(
            "UPDATE api_token SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL RETURNING id",
            token_hash(token),
            now(),
        )
        if ended is not None:
            await note("end_token", by=by, subject="api_token", subject_id=ended)


async def who_by_token(token: str) -> SignedIn | None:
    """Whom the token acts as, in one query; its last use is kept to the minute."""
    if not token.startswith(PREFIX) or len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    found = await row(
        """WITH found AS (
            SELECT t.id AS token_id, s.id, s.name, s.role, s.place AS place_id, s.district AS district_id,
                s.language, s.text_size
            FROM api_token t JOIN staff s ON s.id = t.staff
            WHERE t.token_hash = $1 AND t.ended_at IS NULL AND s.ended_at IS NULL),
        used AS (
            UPDATE api_token SET used_at = $2::timestamptz FROM found
            WHERE api_token.id = found.token_id
              AND (api_token.used_at IS NULL OR api_token.used_at < $2::timestamptz - interval '1 minute'))
        SELECT id, name, role, place_id, district_id, language, text_size FROM found""",
        token_hash(token),
        now(),
    )
    return SignedIn(kind="staff", sign_in_id=0, **found) if found else None
