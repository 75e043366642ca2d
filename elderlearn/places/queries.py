"""Asking for places. Codes mean the place that is valid now; ids never change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value
from elderlearn.places.inside import INSIDE

COLUMNS = "p.id, p.code, p.name, p.level, p.parent AS parent_id, p.district AS district_id"
BELOW = """WITH RECURSIVE inside AS (
    SELECT id, parent FROM place WHERE id = ANY($1::bigint[])
    UNION SELECT c.id, c.parent FROM place c JOIN inside ON c.parent = inside.id WHERE c.valid_to IS NULL)"""


@dataclass(frozen=True)
class PlaceRow:
    """`level` is district, town_street or community; a district is its own `district_id`."""

    id: int
    code: str
    name: str
    level: str
    parent_id: int | None
    district_id: int


@dataclass(frozen=True)
class Setting:
    """What a district chose for itself; `sample_state` is none, filling or ready."""

    title: str
    help_phone: str
    is_sample: bool
    sample_state: str


async def place_by_code(code: str) -> PlaceRow:
    """The place with this official code today. Raises Missing."""
    found = await places_by_codes([code])
    if code not in found:
        raise Missing
    return found[code]


async def places_by_codes(codes: Iterable[str]) -> dict[str, PlaceRow]:
    """Those of the codes that are places today."""
    found = await rows(
        f"SELECT {COLUMNS} FROM place p WHERE p.code = ANY($1::text[]) AND p.valid_to IS NULL",
        [code for code in codes if "\0" not in code],
    )
    return {one["code"]: PlaceRow(**one) for one in found}


async def place_by_id(id: int) -> PlaceRow:
    """Also a place that is no longer valid: history points at it. Raises Missing."""
    found = await row(f"SELECT {COLUMNS} FROM place p WHERE p.id = $1", id)
    if found is None:
        raise Missing
    return PlaceRow(**found)


async def list_places(level: str | None = None, within: int | None = None) -> list[PlaceRow]:
    """The valid places in the order of their codes; `within` keeps a place and all below it."""
    found = await rows(
        f"""{BELOW} SELECT {COLUMNS} FROM place p
        WHERE p.valid_to IS NULL AND ($2::text IS NULL OR p.level = $2)
          AND ($3::boolean OR p.id IN (SELECT id FROM inside))
        ORDER BY p.code""",
        [] if within is None else [within],
        level,
        within is None,
    )
    return [PlaceRow(**one) for one in found]


async def ids_within(place_id: int) -> list[int]:
    """The place itself and all valid places below it."""
    return [one["id"] for one in await rows(f"{BELOW} SELECT id FROM inside ORDER BY id", [place_id])]


async def ever_within(place_id: int) -> list[int]:
    """The place and all that ever lay below it: what is dissolved today counts in the years before."""
    found = await rows(f"WITH RECURSIVE {INSIDE} SELECT id FROM inside ORDER BY id", place_id)
    return [one["id"] for one in found]


async def district_setting(district_id: int) -> Setting:
    """Never empty: the name of the district stands in for a title. Raises Missing when it is no district."""
    found = await row(
        """SELECT coalesce(nullif(s.title, ''), p.name) AS title, coalesce(s.help_phone, '') AS help_phone,
            coalesce(s.is_sample, false) AS is_sample, coalesce(s.sample_state, 'none') AS sample_state
        FROM place p LEFT JOIN district_setting s ON s.district = p.id
        WHERE p.id = $1 AND p.level = 'district'""",
        district_id,
    )
    if found is None:
        raise Missing
    return Setting(**found)


async def is_sample_ready() -> bool:
    """False while some district's sample is still being filled."""
    filling = await value("SELECT EXISTS (SELECT FROM district_setting WHERE sample_state = 'filling')")
    return not filling
