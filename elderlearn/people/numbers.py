"""A person's numbers, masked for everybody; in full only with a reason that stays in the trail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note, note_many
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
    reason = _reason(reason)
    async with unit_of_work():
        full = await _numbers(resident_id)
        await note("see_numbers", by=by, subject="resident", subject_id=resident_id, reason=reason)
    return full


async def see_phones(resident_ids: Collection[int], *, reason: str, by: Actor) -> dict[int, str]:
    """The telephones of those who have one, to be rung; every person's trail keeps the look with its reason.

    All in one unit of work. Raises Refusal('reason_needed').
    """
    reason = _reason(reason)
    async with unit_of_work():
        found = await rows(
            """SELECT id, phone_cipher FROM resident WHERE id = ANY($1::bigint[]) AND phone_cipher IS NOT NULL
            ORDER BY id""",
            sorted(set(resident_ids)),
        )
        changes: list[tuple[int | None, dict[str, object]]] = [(one["id"], {"reason": reason}) for one in found]
        await note_many("see_numbers", by=by, subject="resident", changes=changes)
    return {one["id"]: decrypt(one["phone_cipher"]) for one in found}


def _reason(typed: str) -> str:
    reason = typed.replace("\0", "").strip()[:LONGEST_REASON]
    if not reason:
        raise Refusal("reason_needed", field="reason")
    return reason


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
