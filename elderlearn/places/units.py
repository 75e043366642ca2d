"""Asking for reporting units: what they are called, which communities they take from when to when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows

UNITS = "SELECT id, district AS district_id, code, name, kind, ends_on FROM reporting_unit"
MEMBERS = """SELECT m.id, m.unit AS unit_id, m.place AS place_id, p.code, p.name, s.name AS street,
    m.starts_on, m.ends_on
    FROM reporting_unit_place m JOIN place p ON p.id = m.place LEFT JOIN place s ON s.id = p.parent"""


@dataclass(frozen=True)
class Unit:
    """`kind` is development_zone, new_town or other; `ends_on` is its last day."""

    id: int
    district_id: int
    code: str
    name: str
    kind: str
    ends_on: date | None


@dataclass(frozen=True)
class Member:
    """A community in a unit; both days belong to it, without a last one it stays."""

    id: int
    unit_id: int
    place_id: int
    code: str
    name: str
    street: str | None
    starts_on: date
    ends_on: date | None

    def is_in(self, on: date) -> bool:
        """It belongs to the unit on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


async def units_of(district_id: int) -> list[Unit]:
    """All, also those that have ended, by code."""
    return [Unit(**one) for one in await rows(f"{UNITS} WHERE district = $1 ORDER BY code", district_id)]


async def unit_by_id(unit_id: int) -> Unit:
    """Raises Missing."""
    found = await row(f"{UNITS} WHERE id = $1", unit_id)
    if found is None:
        raise Missing
    return Unit(**found)


async def members_of(unit_id: int) -> list[Member]:
    """Its communities now, before and to come, by code and day."""
    found = await rows(
        f"{MEMBERS} WHERE m.unit = $1 AND m.voided_at IS NULL ORDER BY p.code, m.starts_on", unit_id
    )
    return [Member(**one) for one in found]


async def member(member_id: int) -> Member:
    """Raises Missing; also when it was taken back."""
    found = await row(f"{MEMBERS} WHERE m.id = $1 AND m.voided_at IS NULL", member_id)
    if found is None:
        raise Missing
    return Member(**found)


async def unit_on(district_id: int, on: date) -> Mapping[int, int]:
    """The unit of every community that is in one on that day; never two, the table sees to it."""
    found = await rows(
        """SELECT m.place, m.unit FROM reporting_unit_place m JOIN reporting_unit u ON u.id = m.unit
        WHERE u.district = $1 AND m.voided_at IS NULL AND m.starts_on <= $2
            AND (m.ends_on IS NULL OR m.ends_on >= $2)""",
        district_id,
        on,
    )
    return {one["place"]: one["unit"] for one in found}
