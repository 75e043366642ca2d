"""Staff sign in with name and password. Ten failures close the account for a quarter of an hour."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from asyncpg import Record

from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.passwords import hash_password, needs_new_hash, password_matches
from elderlearn.people.sign_in.start import start_for_staff

MOST_FAILURES = 10
LOCKED_FOR = timedelta(minutes=15)


async def sign_in_by_password(name: str, password: str) -> str:
    """A new token. An unknown name, a wrong password, no password set and a locked account answer alike.

    Raises Refusal('wrong_password', minutes=15): the sentence says that ten failures need a quarter of an hour.
    """
    account = await _count_try(unicodedata.normalize("NFC", name).strip())
    if not await password_matches(password, account["password_hash"] if account else None) or account is None:
        if account is not None and account["failed_tries"] >= MOST_FAILURES:
            await _note_locked(account)
        raise Refusal("wrong_password", minutes=int(LOCKED_FOR.total_seconds() // 60))
    fresh = await hash_password(password) if needs_new_hash(account["password_hash"]) else None
    async with unit_of_work():
        await rows(
            """UPDATE staff SET failed_tries = 0, locked_until = NULL, password_hash = coalesce($2, password_hash)
            WHERE id = $1""",
            account["id"],
            fresh,
        )
        return await start_for_staff(account["id"], account["role"], way="password")


async def _count_try(name: str) -> Record | None:
    """Counted before it is judged, so that guessing in parallel gets no more tries than guessing in turn."""
    if "\0" in name:
        return None
    return await row(
        """UPDATE staff SET
            failed_tries = CASE WHEN locked_until IS NULL THEN failed_tries + 1 ELSE 1 END,
            locked_until = CASE WHEN locked_until IS NULL AND failed_tries + 1 >= $3 THEN $4::timestamptz END
        WHERE name = $1 AND ended_at IS NULL AND password_hash IS NOT NULL
          AND (locked_until IS NULL OR locked_until <= $2)
        RETURNING id, role, district, password_hash, failed_tries""",
        name,
        now(),
        MOST_FAILURES,
        now() + LOCKED_FOR,
    )


async def _note_locked(account: Record) -> None:
    async with unit_of_work():
        await note(
            "lock_staff", by=SYSTEM, subject="staff", subject_id=account["id"], district=account["district"]
        )
