"""What a resident agreed to, in which wording, and how she was asked. Withdrawn any time."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

PURPOSES = ("notice", "sensitive", "health")
WAYS = ("phone", "read_at_desk", "paper", "import")
NOTICE_VERSION = "2026-11-27"  # of the words on the page /data-use; a new wording gets a new one
HEALTH_VERSION = "2026-11"  # of the health notice, the same at every door; a new wording is asked for again


@dataclass(frozen=True)
class NewConsent:
    """`version` names the wording she saw or heard; `how` is one of WAYS."""

    purpose: str
    version: str
    how: str


async def give(resident_id: int, purpose: str, version: str, how: str, *, by: Actor) -> None:
    """Write a consent down; giving the same one again changes nothing.

    Raises Missing, Refusal('invalid_consent').
    """
    async with unit_of_work():
        if await value("SELECT id FROM resident WHERE id = $1 FOR NO KEY UPDATE", resident_id) is None:
            raise Missing
        await write_consents(resident_id, (NewConsent(purpose, version, how),), by=by)


async def withdraw(resident_id: int, purpose: str, *, by: Actor) -> None:
    """From now on she does not agree; the rows stay as proof of what was agreed before."""
    async with unit_of_work():
        ended = await rows(
            """UPDATE consent SET withdrawn_at = $3 WHERE resident = $1 AND purpose = $2 AND withdrawn_at IS NULL
            RETURNING id""",
            resident_id,
            purpose,
            now(),
        )
        if ended:
            await note("withdraw_consent", by=by, subject="resident", subject_id=resident_id, purpose=purpose)


async def consents_of(resident_id: int) -> list[NewConsent]:
    """What she agrees to now."""
    found = await rows(
        "SELECT purpose, version, how FROM consent WHERE resident = $1 AND withdrawn_at IS NULL ORDER BY id",
        resident_id,
    )
    return [NewConsent(**one) for one in found]


async def agreed_to_older(resident_id: int) -> bool:
    """She agreed to the notice, but in words that have changed since: what she does stays open to her."""
    found = [one.version for one in await consents_of(resident_id) if one.purpose == "notice"]
    return bool(found) and NOTICE_VERSION not in found


async def write_consents(resident_id: int, consents: tuple[NewConsent, ...], *, by: Actor) -> None:
    """Inside an open unit of work; the caller holds the resident's row."""
    for consent in consents:
        _check(consent)
        written = await value(
            """INSERT INTO consent (resident, purpose, version, how, given_at, by_staff)
            SELECT $1, $2::varchar, $3::varchar, $4, $5, $6 WHERE NOT EXISTS (
                SELECT FROM consent WHERE resident = $1 AND purpose = $2 AND version = $3 AND withdrawn_at IS NULL)
            RETURNING id""",
            resident_id,
            consent.purpose,
            consent.version,
            consent.how,
            now(),
            by.id if by.kind == "staff" else None,
        )
        if written is not None:
            await _note_given(resident_id, consent, by=by)


def _check(consent: NewConsent) -> None:
    named = consent.version.strip() and len(consent.version) <= 20 and consent.version.isprintable()
    if consent.purpose not in PURPOSES or consent.how not in WAYS or not named:
        raise Refusal("invalid_consent", field="consent")


async def _note_given(resident_id: int, consent: NewConsent, *, by: Actor) -> None:
    await note(
        "give_consent",
        by=by,
        subject="resident",
        subject_id=resident_id,
        purpose=consent.purpose,
        version=consent.version,
        how=consent.how,
    )
