"""Six digits to the phone of another, who reads them out: for one asker, one purpose, ten minutes, a few tries."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from asyncpg import Record

from elderlearn.ground import phone
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import lookup_hash
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.people.register import phone_hash

VALID_FOR = timedelta(minutes=10)
APART = timedelta(seconds=60)
MOST_AN_HOUR = 5  # to one phone, whoever asks
MOST_OF_ONE = 10  # an hour, of one asker to all phones
MOST_TRIES = 5


@dataclass(frozen=True)
class Proven:
    """The digits were right. `id` is their row, `other_id` who read them out."""

    id: int
    other_id: int


def mobile_hash(typed: str) -> bytes:
    """Raises Refusal('invalid_phone') for anything but a mobile number."""
    number = phone.normal(typed[:40])
    if number is None or not phone.is_mobile(number):
        raise Refusal("invalid_phone", field="phone")
    return phone_hash(number)


async def check_pace(hashed: bytes, asker_id: int) -> None:
    """Inside the open unit of work. Raises Refusal: too_soon (seconds), too_many_codes."""
    # Two requests at once for one phone wait for each other here, or both would count before either wrote.
    await rows("SELECT pg_advisory_xact_lock($1)", int.from_bytes(hashed[:8], signed=True))
    sent = await row(
        """SELECT count(*) FILTER (WHERE phone_hash = $1) AS here, count(*) FILTER (WHERE carer = $2) AS hers,
            max(sent_at) FILTER (WHERE phone_hash = $1) AS last
        FROM care_code WHERE (phone_hash = $1 OR carer = $2) AND sent_at > $3""",
        hashed,
        asker_id,
        now() - timedelta(hours=1),
    )
    if sent is None:
        return
    waited = now() - sent["last"] if sent["last"] else APART
    if waited < APART:
        raise Refusal("too_soon", seconds=max(1, int((APART - waited).total_seconds()) + 1))
    if sent["here"] >= MOST_AN_HOUR or sent["hers"] >= MOST_OF_ONE:
        raise Refusal("too_many_codes")


async def new_code(hashed: bytes, asker_id: int, other_id: int | None, purpose: str) -> str:
    """Digits; nobody's, so that none are right, when no such person is on file."""
    code = f"{secrets.randbelow(10**6):06}"
    await rows(
        """INSERT INTO care_code (carer, elder, phone_hash, code_hash, sent_at, expires_at, tries)
        VALUES ($1, $2, $3, $4, $5, $6, 0)""",
        asker_id,
        other_id,
        hashed,
        code_hash(asker_id, other_id, code, purpose) if other_id else secrets.token_bytes(32),
        now(),
        now() + VALID_FOR,
    )
    return code


def code_hash(asker_id: int, other_id: int, code: str, purpose: str) -> bytes:
    """Keyed, and good for these two and this purpose alone."""
    return lookup_hash("care_code", f"{asker_id}:{other_id}:{code}{purpose and f':{purpose}'}")


async def prove(asker_id: int, typed: str, purpose: str) -> Proven:
    """Only the newest digits of this asker count; every try is counted before it is judged.

    Raises Refusal: wrong_code (left), code_expired (ask for new ones).
    """
    tried = await _count_try(asker_id)
    if tried is None:
        raise Refusal("code_expired")
    code = "".join(unicodedata.normalize("NFKC", typed[:40]).split())
    if not hmac.compare_digest(tried["code_hash"], code_hash(asker_id, tried["elder"] or 0, code, purpose)):
        left = MOST_TRIES - tried["tries"]
        raise Refusal("wrong_code", left=left) if left else Refusal("code_expired")
    return Proven(tried["id"], tried["elder"])


async def spend(id: int) -> bool:
    """False when the same form was sent twice at once. Inside the open unit of work."""
    spent = await rows(
        "UPDATE care_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL RETURNING id", id, now()
    )
    return bool(spent)


async def _count_try(asker_id: int) -> Record | None:
    """Before it is judged, so that guessing in parallel gets no more tries than guessing in turn."""
    return await row(
        """UPDATE care_code SET tries = tries + 1
        WHERE id = (SELECT max(id) FROM care_code WHERE carer = $1)
          AND used_at IS NULL AND expires_at > $2 AND tries < $3
        RETURNING id, elder, code_hash, tries""",
        asker_id,
        now(),
        MOST_TRIES,
    )
