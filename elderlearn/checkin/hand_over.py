"""A leader lends scanning: she shows a picture or eight digits, and one phone takes them up within ten minutes."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from asyncpg import Record

from elderlearn.catalogue.session_queries import SessionCard, session_card
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.rules import EARLY
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import SHANGHAI, date_of, now
from elderlearn.ground.crypto import lookup_hash, token_hash
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.names import person_name

OFFERED_FOR = timedelta(minutes=10)
TOKEN_BYTES, TOKEN_LENGTH = 20, 32  # of base32, without padding
DIGITS = 8
KEY_BYTES = 32
LONGEST_SECRET = 40


@dataclass(frozen=True)
class Offer:
    """Both secrets open the same offer, once; they stand nowhere but here. `token` is capitals and digits."""

    pass_id: int
    token: str
    code: str
    until: datetime


@dataclass(frozen=True)
class Shown:
    """What can be taken up, and who offers it."""

    session_id: int
    given_by: str


@dataclass(frozen=True)
class Taken:
    """`key` goes into the helper's cookie and is kept nowhere else."""

    pass_id: int
    session_id: int
    key: str
    until: datetime


def may_be_lent(session: SessionCard, moment: datetime) -> bool:
    """From the morning of its day on (an hour before, where that is still yesterday).

    Also afterwards, however late: what waits on a helper's phone is sent with a new pass.
    """
    return session.on_date <= date_of(moment) or session.starts_at - EARLY <= moment


async def offer(session_id: int, *, by: Actor) -> Offer:
    """A new offer; earlier ones of the same person at this session that nobody took up are over.

    Raises Missing when the session is not within reach, Refusal('not_its_day').
    """
    token, code = base64.b32encode(secrets.token_bytes(TOKEN_BYTES)).decode(), _digits()
    async with unit_of_work():
        await check_reach([session_id], by, "hand_over")
        session, moment = await session_card(session_id), now()
        if not may_be_lent(session, moment):
            raise Refusal("not_its_day")
        until = moment + OFFERED_FOR
        await rows(
            """UPDATE scan_pass SET ended_at = $3, ended_by = $2
            WHERE session = $1 AND staff = $2 AND taken_at IS NULL AND ended_at IS NULL""",
            session_id,
            by.id,
            moment,
        )
        pass_id = await value(
            """INSERT INTO scan_pass (session, staff, token_hash, code_hash, offered_at, offered_until)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
            session_id,
            by.id,
            token_hash(token),
            _code_hash(code),
            moment,
            until,
        )
    return Offer(pass_id, token, code, until)


async def shown(token: str) -> Shown | None:
    """What a stranger who has the picture may read before she takes it up; looking takes nothing.

    Not by the digits: here nobody counts how often somebody guesses.
    """
    found = await _offered(token) if len(token) == TOKEN_LENGTH else None
    return found and Shown(found["session"], found["given_by"])


async def take(secret: str, typed_name: str) -> Taken:
    """The phone that sends this may scan at the session until midnight; `secret` is the token or the digits.

    Raises Refusal('invalid_name'), Refusal('offer_over') for one unknown, too old, taken or withdrawn.
    """
    name, key, moment = person_name(typed_name), secrets.token_urlsafe(KEY_BYTES), now()
    until = next_midnight(moment)
    async with unit_of_work():
        found = await _offered(secret, "FOR UPDATE OF o")
        if found is None:
            raise Refusal("offer_over")
        await rows(
            """UPDATE scan_pass SET taken_at = $2, seen_at = $2, helper_name = $3, key_hash = $4, until = $5
            WHERE id = $1""",
            found["id"],
            moment,
            name,
            token_hash(key),
            until,
        )
        await note(
            "lend_scanning",
            by=Actor("staff", found["staff"], "leader"),
            subject="session",
            subject_id=found["session"],
            district=found["district"],
            scan_pass=found["id"],
        )
    return Taken(found["id"], found["session"], key, until)


def next_midnight(moment: datetime) -> datetime:
    """The end of that day in Shanghai."""
    return datetime.combine(date_of(moment) + timedelta(days=1), time(), SHANGHAI)


async def _offered(secret: str, lock: str = "") -> Record | None:
    typed = "".join(unicodedata.normalize("NFKC", secret[:LONGEST_SECRET]).split())  # full-width digits, too
    if not typed.isascii():
        return None
    is_code = len(typed) == DIGITS and typed.isdigit()
    return await row(
        f"""SELECT o.id, o.session, o.staff, s.district, w.name AS given_by
        FROM scan_pass o JOIN session s ON s.id = o.session JOIN staff w ON w.id = o.staff AND w.ended_at IS NULL
        WHERE o.{"code_hash" if is_code else "token_hash"} = $1 AND o.taken_at IS NULL AND o.ended_at IS NULL
            AND o.offered_until > $2 ORDER BY o.id DESC LIMIT 1 {lock}""",
        _code_hash(typed) if is_code else token_hash(typed.upper()),
        now(),
    )


def _digits() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def _code_hash(code: str) -> bytes:
    """Keyed: so few plain hashes would be read back in a moment."""
    return lookup_hash("scan_pass", code)
