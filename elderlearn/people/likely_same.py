"""Who may be the same person: asked before somebody without a document is written down a second time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.sql import rows
from elderlearn.people.register import phone_hash

MOST = 5


@dataclass(frozen=True)
class Alike:
    """Same name and same year of birth (or one of the years unknown)."""

    id: int
    name: str
    born_on: date | None = field(repr=False)
    born_precision: str
    place: str | None


async def likely_same(name: str, born_on: date | None, *, place_id: int) -> list[Alike]:
    """Those of this place and below it who are on the register; at most five."""
    found = await rows(
        """SELECT r.id, r.name, r.born_on, r.born_precision, p.name AS place
        FROM resident r LEFT JOIN place p ON p.id = r.place
        WHERE r.name = $1 AND r.state = 'active' AND ($3 IN (p.id, p.parent) OR r.district = $3)
          AND ($2::date IS NULL OR r.born_on IS NULL OR extract(year FROM r.born_on) = extract(year FROM $2::date))
        ORDER BY r.id DESC LIMIT $4""",
        name,
        born_on,
        place_id,
        MOST,
    )
    return [Alike(**one) for one in found]


async def same_name_and_phone(name: str, phone: str, *, district_id: int) -> list[int]:
    """Who of the district is called so and has this telephone: ids only, because whoever asks may not know them.

    `name` and `phone` are normal. At most five; a telephone alone says nothing, because families share one.
    """
    found = await rows(
        """SELECT id FROM resident WHERE phone_hash = $1 AND name = $2 AND district = $3 AND state = 'active'
        ORDER BY id DESC LIMIT $4""",
        phone_hash(phone),
        name,
        district_id,
        MOST,
    )
    return [one["id"] for one in found]
