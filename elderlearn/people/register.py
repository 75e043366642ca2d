"""Put a person on the register, once."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.crypto import encrypt, lookup_hash
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import current_code, make_card
from elderlearn.people.consents import NewConsent, write_consents
from elderlearn.people.documents import Document
from elderlearn.people.homes import Homes, find_homes
from elderlearn.people.residents import Checked, NewResident, check_new_resident

UNSEEN_DOORS = ("open", "resident")  # nobody has checked who is typing there


@dataclass(frozen=True)
class Registered:
    """`differs` names the fields sent that are not what is on file.

    At the doors where nobody has seen the person, a document already on file tells nothing: no code, no
    differences; the page sends her to the desk.
    """

    resident_id: int
    card_code: str | None = field(repr=False)
    is_new: bool
    differs: list[str]


async def register(new: NewResident, *, by: Actor, consents: tuple[NewConsent, ...] = ()) -> Registered:
    """One person per document: the same document again gives the same id and changes nothing.

    Without a document every call makes a new person. A new person gets an active card at once.
    Raises Refusal('invalid_name', 'invalid_document', 'invalid_born_on', 'born_on_mismatch', 'invalid_sex',
    'invalid_phone', 'unknown_place').
    """
    async with unit_of_work():
        return await put_resident(new, by=by, consents=consents)


async def put_resident(new: NewResident, *, by: Actor, consents: tuple[NewConsent, ...] = ()) -> Registered:
    """`register` inside the open unit of work."""
    checked = check_new_resident(new, today(), by)
    homes = await find_homes(new, by)
    resident_id = await insert_resident(checked, homes, new.language)
    if resident_id is None:
        return await _on_file(new, checked, homes, by)
    code = await make_card(district_id=homes.district_id, resident_id=resident_id, by=by)
    await write_consents(resident_id, consents, by=by)
    await note_registered("register_resident", resident_id, checked, homes, by=by)
    return Registered(resident_id, code, True, [])


async def insert_resident(checked: Checked, homes: Homes, language: str | None) -> int | None:
    """The new id, or none: the document is on file."""
    await hold_document(checked.document)
    inserted: int | None = await value(
        """INSERT INTO resident (district, name, name_pinyin, born_on, born_precision, sex, phone_cipher,
            phone_hash, document_type, document_cipher, document_hash, residence, place, registered_residence,
            registered_place, verified, language, registered_at, state)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'active')
        ON CONFLICT (document_hash) DO NOTHING RETURNING id""",
        *stored(checked, homes, language),
        now(),
    )
    return inserted


async def hold_document(document: Document | None) -> None:
    """Until the unit of work ends nobody else puts this document on file, so that looking for it is enough.

    Before an UPDATE too, which has no ON CONFLICT: of two at once the second would break on the unique index.
    """
    if document is not None:
        key = int.from_bytes(document_hash(document)[:8], signed=True)
        await rows("SELECT pg_advisory_xact_lock($1)", key)


def stored(checked: Checked, homes: Homes, language: str | None) -> tuple[object, ...]:
    """The seventeen columns as they are kept: numbers encrypted, and hashed for look-up."""
    document = checked.document
    return (
        homes.district_id,
        checked.name,
        spelled_name(checked.name),
        checked.born_on,
        checked.born_precision,
        checked.sex,
        encrypt(checked.phone) if checked.phone else None,
        phone_hash(checked.phone) if checked.phone else None,
        document.type if document else None,
        encrypt(document.number) if document else None,
        document_hash(document) if document else None,
        homes.resident.residence,
        homes.resident.place_id,
        homes.registered.residence,
        homes.registered.place_id,
        checked.verified,
        language,
    )


def document_hash(document: Document) -> bytes:
    """What finds the same document again: type and number together."""
    return lookup_hash("document", f"{document.type}:{document.number}")


def phone_hash(number: str) -> bytes:
    """What finds everybody behind one phone; `number` is normal."""
    return lookup_hash("phone", number)


async def note_registered(action: str, resident_id: int, checked: Checked, homes: Homes, *, by: Actor) -> None:
    """The trail says what kind of facts are known, never the facts."""
    await note(
        action,
        by=by,
        subject="resident",
        subject_id=resident_id,
        district=homes.district_id,
        place=homes.resident.place_id,
        residence=homes.resident.residence,
        document=checked.document.type if checked.document else None,
        verified=checked.verified,
    )


async def _on_file(new: NewResident, checked: Checked, homes: Homes, by: Actor) -> Registered:
    if checked.document is None:
        raise RuntimeError("only a document can be on file already")
    found = await row(
        """SELECT id, name, born_on, sex, phone_hash, residence, place, registered_residence, registered_place
        FROM resident WHERE document_hash = $1""",
        document_hash(checked.document),
    )
    if found is None:
        raise RuntimeError("the document was on file a moment ago")
    if by.door in UNSEEN_DOORS:
        return Registered(found["id"], None, False, [])
    card = await current_code(found["id"])
    on_file = {
        "name": found["name"],
        "born_on": found["born_on"],
        "sex": found["sex"],
        "phone": found["phone_hash"],
        "place_code": (found["residence"], found["place"]),
        "registered_place_code": (found["registered_residence"], found["registered_place"]),
    }
    sent = _sent(new, checked, homes)
    differs = [name for name, value in sent.items() if value != on_file[name]]
    return Registered(found["id"], card.code if card else None, False, differs)


def _sent(new: NewResident, checked: Checked, homes: Homes) -> dict[str, object]:
    sent: dict[str, object] = {"name": checked.name}
    if new.born_on:
        sent["born_on"] = new.born_on
    if new.sex:
        sent["sex"] = new.sex
    if checked.phone:
        sent["phone"] = phone_hash(checked.phone)
    sent["place_code"] = (homes.resident.residence, homes.resident.place_id)
    if new.registered_place_code:
        sent["registered_place_code"] = (homes.registered.residence, homes.registered.place_id)
    return sent
