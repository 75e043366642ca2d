"""She brings her document later: it is tied to her, and an id_card tells her birth date and sex."""

from __future__ import annotations

import asyncpg

from elderlearn.checkin.attribute import attribute
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.crypto import encrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.consents import NewConsent, write_consents
from elderlearn.people.documents import Document, read_document
from elderlearn.people.register import document_hash
from elderlearn.stewardship.merge import merge

SAME = "the same document"


async def add_document(
    resident_id: int, type: str, number: str, *, by: Actor, consents: tuple[NewConsent, ...] = ()
) -> int:
    """The birth date and sex of an id_card replace what she had said; what she agreed to is kept with it.

    Staff who bring the document of somebody of the same name bring the same person: both rows are merged, and
    `unmerge` undoes it. Answers whose row it is now. Raises Missing, Stale, Refusal('invalid_document'),
    Refusal('has_document') when another one is on file, and Refusal('document_on_file') when it is somebody
    else's.
    """
    document = read_document(type, number)
    if document.born_on and document.born_on > today():
        raise Refusal("invalid_document", field="document")
    try:
        await _add(resident_id, document, consents, by)
    except asyncpg.UniqueViolationError:  # somebody else wrote it down in this very moment
        raise Refusal("document_on_file", field="document") from None
    except Refusal as refusal:
        same = await _same_person(resident_id, document) if refusal.code == "document_on_file" else None
        if same is None or by.kind != "staff":
            raise
        await merge(same, resident_id, reason=SAME, how="document", by=by)
        return same
    return resident_id


async def _same_person(resident_id: int, document: Document) -> int | None:
    """Whose document it is, when she has the same name on the same register."""
    found: int | None = await value(
        """SELECT holder.id FROM resident holder JOIN resident r ON r.id = $1 AND r.name = holder.name
            AND r.district = holder.district
        WHERE holder.document_hash = $2 AND holder.state <> 'merged'""",
        resident_id,
        document_hash(document),
    )
    return found


async def _add(resident_id: int, document: Document, consents: tuple[NewConsent, ...], by: Actor) -> None:
    async with unit_of_work():
        held = await row(
            """SELECT district, document_hash, born_on FROM resident
            WHERE id = $1 AND name IS NOT NULL AND state <> 'merged' FOR UPDATE""",
            resident_id,
        )
        if held is None:
            raise Missing
        if held["document_hash"] == document_hash(document):
            await write_consents(resident_id, consents, by=by)
            return
        if held["document_hash"] is not None:
            raise Refusal("has_document", field="document")
        await _write(resident_id, document)
        await write_consents(resident_id, consents, by=by)
        await note(
            "add_document", by=by, subject="resident", subject_id=resident_id, district=held["district"],
            document=document.type,
        )  # fmt: skip
        if document.born_on and document.born_on != held["born_on"]:
            await attribute([resident_id])


async def _write(resident_id: int, document: Document) -> None:
    written = await value(
        """UPDATE resident SET document_type = $2, document_cipher = $3, document_hash = $4,
            born_on = coalesce($5, born_on), born_precision = CASE WHEN $5::date IS NULL THEN born_precision
            ELSE 'day' END, sex = coalesce($6, sex), verified = 'desk'
        WHERE id = $1 AND NOT EXISTS (SELECT FROM resident other WHERE other.document_hash = $4) RETURNING id""",
        resident_id,
        document.type,
        encrypt(document.number),
        document_hash(document),
        document.born_on,
        document.sex,
    )
    if written is None:
        raise Refusal("document_on_file", field="document")
