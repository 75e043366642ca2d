"""What a resident is told about her courses, her carers are told too: the doors to the outbox for that.

For what is hers alone (codes, memberships, who cares for her) there is `notices.write`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from asyncpg import Record

from elderlearn.ground.languages import known
from elderlearn.ground.sql import rows
from elderlearn.notices import write
from elderlearn.notices.write import Message
from elderlearn.people.names import masked_name

__all__ = ["Message", "tell", "tell_many"]

# Carers with a telephone; $1 elders. A phone is known by its hash: the cipher of one number is never the same.
CARERS = """SELECT l.elder, e.name AS elder_name, e.phone_hash AS elders_phone, c.id, c.phone_cipher, c.phone_hash,
    c.language FROM carer_link l JOIN resident e ON e.id = l.elder JOIN resident c ON c.id = l.carer
    WHERE l.elder = ANY($1::bigint[]) AND l.state = 'active' AND c.state = 'active' AND c.phone_hash IS NOT NULL
    ORDER BY l.since, l.id"""


async def tell(
    *,
    kind: str,
    values: Mapping[str, object],
    resident_id: int,
    district: int | None = None,
    address_cipher: bytes | None = None,
    language: str | None = None,
    dedupe_key: str | None = None,
    is_cared_for: bool = True,
) -> int:
    """One message and its copies, inside the open unit of work; see `tell_many`.

    False when the caller has seen that nobody cares for her: the run is held meanwhile, and others wait.
    """
    one = Message(kind, values, resident_id, None, district, address_cipher, known(language), dedupe_key)
    return await tell_many([one]) if is_cared_for else await write.tell_many([one])


async def tell_many(messages: Sequence[Message]) -> int:
    """How many are new, copies included: each active carer gets one, in her language, saying for whom it is.

    Of several people with one telephone only the first is written to; the elder herself comes before them all.
    """
    elders = sorted({one.resident_id for one in messages if one.resident_id is not None})
    if not elders:
        return await write.tell_many(messages)
    carers: dict[int, list[Record]] = {}
    for one in await rows(CARERS, elders):
        carers.setdefault(one["elder"], []).append(one)
    copies = [copy for one in messages for copy in _copies(one, carers.get(one.resident_id or 0, []))]
    return await write.tell_many([*messages, *copies])


def _copies(original: Message, carers: Sequence[Record]) -> list[Message]:
    written_to = {one["elders_phone"] for one in carers} if original.address_cipher is not None else set()
    copies = []
    for carer in carers:
        if carer["phone_hash"] in written_to:
            continue
        written_to.add(carer["phone_hash"])
        copies.append(
            replace(
                original,
                values={**original.values, "whose": masked_name(carer["elder_name"])},
                resident_id=carer["id"],
                about=original.resident_id,
                address_cipher=carer["phone_cipher"],
                language=known(carer["language"]),
                dedupe_key=original.dedupe_key and f"{original.dedupe_key}:c{carer['id']}",
            )
        )
    return copies
