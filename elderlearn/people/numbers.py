"""A person's numbers, masked for everybody; in full only with a reason that stays in the trail."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.documents import masked_document

LONGEST_REASON = 200


@dataclass(frozen=True)
class Numbers:
    """Document and phone, masked or full; the repr never shows them."""

    document_type: str | None
    document: str | None = field(repr=False)
    phone: str | None = field(repr=False)


async def masked_numbers(resident_id: int) -> Numbers:
    """First 3 + last 3 of the document, 3 + 4 of the phone. Raises Missing."""
    full = await _numbers(resident_id)
    return Numbers(
        full.document_type,
        masked_document(full.document) if full.document else None,
        phone.masked(full.phone) if full.phone else None,
    )


async def see_numbers(resident_id: int, *, reason: str, by: Actor) -> Numbers:
    """In full, for somebody whose role may (`see_numbers`); the look is in the trail with its reason.

    Raises Missing, Refusal('reason_needed').
    """
    reason = reason.strip()[:LONGEST_REASON].replace("\0", "")
    if not reason:
        raise Refusal("reason_needed", field="reason")
    async with unit_of_work():
        full = await _numbers(resident_id)
        await note("see_numbers", by=by, subject="resident", subject_id=resident_id, reason=reason)
    return full


async def _numbers(resident_id: int) -> Numbers:
    found = await row(
        "SELECT document_type, document_cipher, phone_cipher FROM resident WHERE id = $1", resident_id
    )
    if found is None:
        raise Missing
    document, telephone = found["document_cipher"], found["phone_cipher"]
    return Numbers(
        found["document_type"],
        decrypt(document) if document else None,
        decrypt(telephone) if telephone else None,
    )
