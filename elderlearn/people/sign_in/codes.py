"""Signing in with six digits sent to a phone. Nothing tells a stranger whose phones are known."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from asyncpg import Record

from elderlearn.ground import phone
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import encrypt, lookup_hash
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.locale import spoken
from elderlearn.notices.write import tell
from elderlearn.people.names import masked_name
from elderlearn.people.register import phone_hash
from elderlearn.people.sign_in.start import start_for_resident, start_for_staff

Audience = Literal["resident", "leader"]

VALID_FOR = timedelta(minutes=10)  # domain.md section 6
MOST_TRIES = 5
MOST_AN_HOUR = 5
APART = timedelta(seconds=60)
BEHIND_PHONE = {
    "resident": """SELECT id, name, born_on, district, phone_cipher, language, NULL AS role FROM resident
        WHERE phone_hash = $1 AND state IN ('active', 'left') AND name IS NOT NULL ORDER BY born_on, id""",
    "leader": """SELECT id, name, NULL::date AS born_on, district, phone_cipher, language, role FROM staff
        WHERE phone_hash = $1 AND role = 'leader' AND ended_at IS NULL ORDER BY id""",
}


@dataclass(frozen=True)
class Choice:
    """One of several people behind a phone: enough to know oneself by. For leaders `resident_id` is a Staff id."""

    resident_id: int
    name_masked: str
    born_year: int | None


@dataclass(frozen=True)
class Entered:
    """Either a token, or choices and a ticket to choose with."""

    token: str | None = field(repr=False)
    choices: list[Choice]
    ticket: str | None = field(repr=False)


@dataclass(frozen=True)
class Proof:
    """The right digits of a phone, not yet spent; `left` tries."""

    code_id: int
    phone_hash: bytes = field(repr=False)
    code_hash: bytes = field(repr=False)
    left: int

    def wrong(self) -> Refusal:
        """What to raise when they are not right after all."""
        return Refusal("wrong_code", left=self.left) if self.left else Refusal("code_expired")


async def ask_code(typed_phone: str, audience: Audience, *, even_unknown: bool = False) -> None:
    """Send a code if somebody is behind this phone; the answer and the work are the same if not.

    With `even_unknown` it is sent in any case, in the language now spoken: somebody signs up, or has a new
    number. One a minute and five an hour for each phone, known or not.
    Raises Refusal('invalid_phone', 'too_soon' (seconds), 'too_many_codes').
    """
    number = _mobile(typed_phone)
    hashed = phone_hash(number)
    async with unit_of_work():
        await _check_pace(hashed)
        people = await rows(BEHIND_PHONE[audience], hashed)
        code = f"{secrets.randbelow(10**6):06}"
        await rows(
            """INSERT INTO sign_in_code (audience, phone_hash, code_hash, sent_at, expires_at, tries)
            VALUES ($1, $2, $3, $4, $5, 0)""",
            audience,
            hashed,
            _code_hash(hashed, audience, code),
            now(),
            now() + VALID_FOR,
        )
        if people:
            await _send(people[0], audience, code)
        elif even_unknown:
            address = encrypt(number)
            await tell(kind="sign_in_code", values={"code": code}, address_cipher=address, language=spoken())


async def enter_code(typed_phone: str, code: str, audience: Audience) -> Entered:
    """A token, or the people behind this phone to choose from. Only the newest code counts, once.

    Raises Refusal('invalid_phone', 'wrong_code' (left), 'code_expired' (ask for a new one)).
    """
    proof = await check_code(typed_phone, code, audience)
    people = await rows(BEHIND_PHONE[audience], proof.phone_hash)
    if not people:
        raise proof.wrong()
    async with unit_of_work():
        await spend(proof)
        if len(people) > 1:
            return Entered(None, [_choice(one) for one in people], _ticket(proof.code_id, proof.code_hash))
        return Entered(await _start(people[0], audience), [], None)


async def check_code(typed_phone: str, code: str, audience: Audience) -> Proof:
    """Whoever types this holds the phone; the try is counted at once, outside any unit of work.

    Raises Refusal('invalid_phone', 'wrong_code' (left), 'code_expired' (ask for a new one)).
    """
    hashed = phone_hash(_mobile(typed_phone))
    tried = await _count_try(hashed, audience)
    if tried is None:
        raise Refusal("code_expired")
    proof = Proof(tried["id"], hashed, tried["code_hash"], MOST_TRIES - tried["tries"])
    if not hmac.compare_digest(proof.code_hash, _code_hash(hashed, audience, _digits(code))):
        raise proof.wrong()
    return proof


async def spend(proof: Proof) -> None:
    """Inside an open unit of work: a code serves once. Raises Refusal('code_expired')."""
    used = await value(
        """UPDATE sign_in_code SET used_at = $2, expires_at = $3 WHERE id = $1 AND used_at IS NULL
        RETURNING id""",
        proof.code_id,
        now(),
        now() + VALID_FOR,
    )
    if used is None:
        raise Refusal("code_expired")


async def choose(ticket: str, resident_id: int) -> str:
    """The token of one of the people `enter_code` offered; a ticket serves once, for ten minutes.

    Raises Refusal('code_expired').
    """
    code_id = await _ticket_holder(ticket)
    async with unit_of_work():
        ended = await row(
            """UPDATE sign_in_code SET expires_at = $2
            WHERE id = $1 AND used_at IS NOT NULL AND expires_at > $2 RETURNING audience, phone_hash""",
            code_id,
            now(),
        )
        people = await rows(BEHIND_PHONE[ended["audience"]], ended["phone_hash"]) if ended else []
        chosen = next((one for one in people if one["id"] == resident_id), None)
        if ended is None or chosen is None:
            raise Refusal("code_expired")  # rolls back: a wrong choice does not spend the ticket
        return await _start(chosen, ended["audience"])


def _mobile(typed: str) -> str:
    number = phone.normal(typed[:40])
    if number is None or not phone.is_mobile(number):
        raise Refusal("invalid_phone", field="phone")
    return number


async def _check_pace(hashed: bytes) -> None:
    # Two requests at once for one phone wait for each other here, or both would count before either wrote.
    await rows("SELECT pg_advisory_xact_lock($1)", int.from_bytes(hashed[:8], signed=True))
    sent = await row(
        "SELECT count(*) AS sent, max(sent_at) AS last FROM sign_in_code WHERE phone_hash = $1 AND sent_at > $2",
        hashed,
        now() - timedelta(hours=1),
    )
    if sent is None or not sent["sent"]:
        return
    waited = now() - sent["last"]
    if waited < APART:
        raise Refusal("too_soon", seconds=max(1, int((APART - waited).total_seconds()) + 1))
    if sent["sent"] >= MOST_AN_HOUR:
        raise Refusal("too_many_codes")


def _code_hash(hashed: bytes, audience: str, code: str) -> bytes:
    """Keyed: a million plain hashes would be read back in a second."""
    return lookup_hash("sign_in_code", f"{audience}:{hashed.hex()}:{code}")


async def _send(person: Record, audience: str, code: str) -> None:
    await tell(
        kind="sign_in_code",
        values={"code": code},
        resident_id=person["id"] if audience == "resident" else None,
        staff_id=person["id"] if audience == "leader" else None,
        district=person["district"],
        address_cipher=person["phone_cipher"],
        language=person["language"],
    )


def _digits(typed: str) -> str:
    """As people copy it: full-width, with a space in the middle."""
    return "".join(unicodedata.normalize("NFKC", typed[:40]).split())


async def _count_try(hashed: bytes, audience: str) -> Record | None:
    """Counted before it is judged, so that guessing in parallel gets no more tries than guessing in turn."""
    return await row(
        """UPDATE sign_in_code SET tries = tries + 1
        WHERE id = (SELECT max(id) FROM sign_in_code WHERE phone_hash = $1 AND audience = $2)
          AND used_at IS NULL AND expires_at > $3 AND tries < $4
        RETURNING id, code_hash, tries""",
        hashed,
        audience,
        now(),
        MOST_TRIES,
    )


def _choice(person: Record) -> Choice:
    return Choice(person["id"], masked_name(person["name"]), person["born_on"].year if person["born_on"] else None)


def _ticket(code_id: int, code_hash: bytes) -> str:
    return f"{code_id}.{lookup_hash('sign_in_ticket', f'{code_id}:{code_hash.hex()}').hex()}"


async def _ticket_holder(ticket: str) -> int:
    typed_id = ticket.partition(".")[0]
    code_id = int(typed_id) if typed_id.isascii() and typed_id.isdigit() and len(typed_id) < 18 else 0
    code_hash = await value("SELECT code_hash FROM sign_in_code WHERE id = $1", code_id)
    if code_hash is None or not hmac.compare_digest(
        _ticket(code_id, code_hash).encode(), ticket.encode(errors="replace")
    ):
        raise Refusal("code_expired")
    return code_id


async def _start(person: Record, audience: str) -> str:
    if audience == "resident":
        return await start_for_resident(person["id"], way="code")
    return await start_for_staff(person["id"], person["role"], way="code")
