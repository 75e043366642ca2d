"""Asking, for many at once, who is on the register already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elderlearn.ground.sql import rows
from elderlearn.people.resident_lines import Alike, ResidentLine, alike

COLUMNS = """r.id, r.name, r.born_on, r.sex, r.phone_hash, r.document_hash, r.residence, r.place,
    r.registered_residence, r.registered_place, r.state"""
AT_ONCE = 5000


@dataclass(frozen=True)
class OnFile:
    """Somebody on the register, as far as a list can say something else."""

    id: int
    name: str | None
    born_on: date | None = field(repr=False)
    sex: str | None
    phone_hash: bytes | None = field(repr=False)
    document_hash: bytes | None = field(repr=False)
    residence: str
    place: int | None
    registered_residence: str
    registered_place: int | None
    state: str


async def on_file(lines: Sequence[ResidentLine]) -> dict[int, OnFile]:
    """By line: whoever has the same document; else the same name, birth date and phone (without a phone: place)
    and not another document."""
    found: dict[int, OnFile] = {}
    for start in range(0, len(lines), AT_ONCE):
        some = lines[start : start + AT_ONCE]
        documents = await _by_document([one.document_hash for one in some if one.document_hash])
        others = await _by_name(some)
        for one in some:
            same = documents.get(one.document_hash) if one.document_hash else None
            if same is None:
                same = _alike(one, others.get(one.alike, []))
            if same is not None:
                found[one.line] = same
    return found


def differs(line: ResidentLine, same: OnFile) -> list[str]:
    """The columns in which the line says something else than the register; what it leaves empty says nothing."""
    resident, registered = line.homes.resident, line.homes.registered
    said: dict[str, tuple[object, object]] = {
        "name": (line.checked.name, same.name),
        "document_number": (line.document_hash, same.document_hash),
        "born_on": (line.checked.born_on, same.born_on),
        "sex": (line.checked.sex, same.sex),
        "phone": (line.phone_hash, same.phone_hash),
        "registered_place": (
            (registered.residence, registered.place_id),
            (same.registered_residence, same.registered_place),
        ),
    }
    found = [key for key, (new, old) in said.items() if key in line.given and new != old]
    if (resident.residence, resident.place_id) != (same.residence, same.place):
        found.append("place" if "place" in line.given else "street")
    return found


def _alike(line: ResidentLine, candidates: Sequence[OnFile]) -> OnFile | None:
    for one in candidates:
        if not line.document_hash or one.document_hash is None:
            return one
    return None


async def _by_document(hashes: list[bytes]) -> dict[bytes, OnFile]:
    found = await rows(f"SELECT {COLUMNS} FROM resident r WHERE r.document_hash = ANY($1::bytea[])", hashes)
    return {one["document_hash"]: OnFile(**one) for one in found}


async def _by_name(lines: Sequence[ResidentLine]) -> dict[Alike, list[OnFile]]:
    found = await rows(
        f"""SELECT {COLUMNS} FROM unnest($1::text[], $2::date[], $3::bytea[]) AS n (name, born_on, phone_hash)
        JOIN resident r ON r.name = n.name AND r.born_on IS NOT DISTINCT FROM n.born_on
            AND r.phone_hash IS NOT DISTINCT FROM n.phone_hash AND r.state <> 'merged'
        ORDER BY r.id""",
        *_columns({(one.checked.name, one.checked.born_on, one.phone_hash) for one in lines}),
    )
    sorted_out: dict[Alike, list[OnFile]] = {}
    for one in found:
        person = OnFile(**one)
        key = alike(person.name or "", person.born_on, person.phone_hash, person.place)
        sorted_out.setdefault(key, []).append(person)
    return sorted_out


def _columns(triples: set[tuple[str, date | None, bytes | None]]) -> list[list[Any]]:
    listed = list(triples)
    return [[one[number] for one in listed] for number in range(3)]
