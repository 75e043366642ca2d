"""A new sign-in: a new random token each time, of which only the hash is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import token_hash
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note

RESIDENT_DAYS = timedelta(days=180)  # on her own phone; domain.md section 6
LEADER_DAYS = timedelta(days=90)
OTHER_STAFF_HOURS = timedelta(hours=12)
TOKEN_BYTES = 32


async def start_for_resident(resident_id: int, *, way: str) -> str:
    """The token, inside the open unit of work. `way` is code or card."""
    return await _start("resident", resident_id, RESIDENT_DAYS, way)


async def start_for_staff(staff_id: int, role: str, *, way: str) -> str:
    """The token, inside the open unit of work. `way` is code or password."""
    return await _start("staff", staff_id, LEADER_DAYS if role == "leader" else OTHER_STAFF_HOURS, way)


async def _start(kind: str, id: int, lasts: timedelta, way: str) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    moment = now()
    sign_in_id = await value(
        """INSERT INTO sign_in (token_hash, resident, staff, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $4, $5) RETURNING id""",
        token_hash(token),
        id if kind == "resident" else None,
        id if kind == "staff" else None,
        moment,
        moment + lasts,
    )
    by = Actor("resident" if kind == "resident" else "staff", id, "open")
    await note("sign_in", by=by, subject="sign_in", subject_id=sign_in_id, way=way)
    return token
