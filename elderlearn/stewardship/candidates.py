"""Pairs of the register that may be one person: without two documents nothing but a human can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.stewardship.one_person import Row

# The same name, and the same phone with births that may be one, or the same day of birth with phones that may be.
# Asked from those without a document, who are few; a pair of two such stands once.
PAIRS = """SELECT least(a.id, b.id) AS one, greatest(a.id, b.id) AS other,
        CASE WHEN a.phone_hash = b.phone_hash AND a.born_on = b.born_on THEN 0
            WHEN a.phone_hash = b.phone_hash THEN 1 ELSE 2 END AS weight
    FROM resident a JOIN resident b ON b.name = a.name AND b.district = a.district AND b.id <> a.id
    WHERE a.district = $1 AND a.document_hash IS NULL AND a.name IS NOT NULL AND a.state <> 'merged'
        AND b.state <> 'merged' AND (b.document_hash IS NOT NULL OR a.id < b.id)
        AND (a.sex IS NULL OR b.sex IS NULL OR a.sex = b.sex)
        AND ((b.phone_hash = a.phone_hash AND (a.born_on IS NULL OR b.born_on IS NULL OR a.born_on = b.born_on
                OR ('year' IN (a.born_precision, b.born_precision)
                    AND extract(year FROM a.born_on) = extract(year FROM b.born_on))))
            OR (a.born_on = b.born_on AND a.born_precision = 'day' AND b.born_precision = 'day'
                AND (a.phone_hash IS NULL OR b.phone_hash IS NULL)
                AND (a.place IS NULL OR b.place IS NULL OR a.place = b.place)))
        AND NOT EXISTS (SELECT FROM not_same n
            WHERE n.one = least(a.id, b.id) AND n.other = greatest(a.id, b.id))"""
# A pair is seen by whoever sees both: people of her place, and those who live in no place of the district.
SEEN = """($2 = $1 OR ((r.place IS NULL OR r.place IN (SELECT id FROM place WHERE $2 IN (id, parent)))
    AND (s.place IS NULL OR s.place IN (SELECT id FROM place WHERE $2 IN (id, parent)))))"""
HOME = "coalesce({0}.place::text, nullif({0}.residence, 'unknown'))"
REGISTERED = "coalesce({0}.registered_place::text, nullif({0}.registered_residence, 'unknown'))"
ROW = f"""SELECT r.id, r.name, r.born_on, r.born_precision, r.sex, r.phone_hash, r.document_hash, r.document_type,
    {HOME.format("r")} AS home, {REGISTERED.format("r")} AS registered_home FROM resident r
    WHERE r.id = $1 AND r.name IS NOT NULL AND r.state <> 'merged'"""


@dataclass(frozen=True)
class Pair:
    """`weight` 0: name, phone and birth date are equal; 1: name and phone; 2: name and birth date."""

    one: int
    other: int
    name: str
    weight: int
    visits: int


@dataclass(frozen=True)
class Pairs:
    """One page of the queue, the surest first."""

    pairs: list[Pair]
    how_many: int


async def pairs_to_look_at(district_id: int, place_id: int, *, limit: int = 20, offset: int = 0) -> Pairs:
    """Those of people within the place, who are not said to be two already. `visits` of both, of any year."""
    found = await rows(
        f"""WITH pair AS MATERIALIZED ({PAIRS}), seen AS (
            SELECT p.*, r.name, r.name_pinyin FROM pair p JOIN resident r ON r.id = p.one
            JOIN resident s ON s.id = p.other WHERE {SEEN}),
        page AS (SELECT *, count(*) OVER () AS how_many FROM seen
            ORDER BY weight, name_pinyin COLLATE "C", name COLLATE "C", one, other LIMIT $3 OFFSET $4)
        SELECT p.one, p.other, p.name, p.weight, p.how_many, (SELECT count(*) FROM attendance a
            WHERE a.resident IN (p.one, p.other) AND a.voided_at IS NULL)::int AS visits
        FROM page p ORDER BY weight, name_pinyin COLLATE "C", name COLLATE "C", one, other""",
        district_id,
        place_id,
        limit,
        offset,
    )
    pairs = [Pair(one["one"], one["other"], one["name"], one["weight"], one["visits"]) for one in found]
    return Pairs(pairs, found[0]["how_many"] if found else await _how_many(district_id, place_id, offset))


async def _how_many(district_id: int, place_id: int, offset: int) -> int:
    """Asked only past the end of the list."""
    if not offset:
        return 0
    found: Any = await row(
        f"""WITH pair AS MATERIALIZED ({PAIRS}) SELECT count(*) AS n FROM pair p
        JOIN resident r ON r.id = p.one JOIN resident s ON s.id = p.other WHERE {SEEN}""",
        district_id,
        place_id,
    )
    return int(found["n"])


async def compared_row(resident_id: int) -> Row:
    """Of somebody on the register. Raises Missing."""
    found = await row(ROW, resident_id)
    if found is None:
        raise Missing
    return Row(**found)
