"""Writing many new residents with their cards at once: an inner step of an import."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import reserve_ids, rows
from elderlearn.ground.trail import note_many
from elderlearn.people.many_cards import make_cards
from elderlearn.people.register import stored
from elderlearn.people.resident_lines import ResidentLine

INSERT = """INSERT INTO resident (id, district, name, name_pinyin, born_on, born_precision, sex, phone_cipher,
        phone_hash, document_type, document_cipher, document_hash, residence, place, registered_residence,
        registered_place, verified, language, registered_at, state)
    SELECT n.*, $19, 'active'
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::date[], $6::text[], $7::text[],
        $8::bytea[], $9::bytea[], $10::text[], $11::bytea[], $12::bytea[], $13::text[], $14::bigint[],
        $15::text[], $16::bigint[], $17::text[], $18::text[]) AS n
    ON CONFLICT (document_hash) DO NOTHING RETURNING id"""


async def insert_residents(lines: Sequence[ResidentLine], *, by: Actor) -> list[int]:
    """Inside the open unit of work: their ids, each with an active card and a line in the trail.

    Whoever was put on file with the same document in this very moment is left out.
    """
    ids = await reserve_ids("resident", len(lines))
    people = dict(zip(ids, lines, strict=True))
    columns = await asyncio.to_thread(_columns, people)
    made = [one["id"] for one in await rows(INSERT, *columns, now())]
    cards = await make_cards([(people[id].homes.district_id, id) for id in made])
    await _note({id: people[id] for id in made}, cards, by)
    return made


def _columns(people: dict[int, ResidentLine]) -> list[list[object]]:
    """In a thread, because sealing thousands of numbers takes its time."""
    kept = [(id, *stored(line.checked, line.homes, None)) for id, line in people.items()]
    return [list(one) for one in zip(*kept, strict=True)]


async def _note(people: dict[int, ResidentLine], cards: dict[int, int], by: Actor) -> None:
    """Which kinds of facts are known, never the facts."""
    grouped: defaultdict[int, list[tuple[int | None, dict[str, object]]]] = defaultdict(list)
    for id, line in people.items():
        document = line.checked.document
        detail: dict[str, object] = {
            "place": line.homes.resident.place_id,
            "residence": line.homes.resident.residence,
            "document": document.type if document else None,
            "verified": line.checked.verified,
            "card": cards.get(id),
        }
        grouped[line.homes.district_id].append((id, detail))
    for district, changes in sorted(grouped.items()):
        await note_many("import_resident", by=by, subject="resident", changes=changes, district=district)
