"""Asking for organisations: as a list to look through, and one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.catalogue.queries import containing
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import findable, in_order
from elderlearn.ground.sql import rows, value

BY_NAME = f"{in_order('o.name')}, o.id"
ORDERS = {
    "name": BY_NAME,
    "kind": f"o.kind, {BY_NAME}",
    "place": f"p.code, {BY_NAME}",
    "courses": f"courses DESC, {BY_NAME}",
    "runs": f"runs_left DESC, {BY_NAME}",
}
COLUMNS = """SELECT o.id, o.kind, o.name, o.district AS district_id, o.ended_on,
    p.id AS place_id, p.code AS place_code, p.name AS place_name,
    (SELECT count(*) FROM course c WHERE c.organisation = o.id AND c.state <> 'ended')::int AS courses,
    (SELECT count(*) FROM course_run r WHERE r.organisation = o.id AND r.ends_at >= $1)::int AS runs_left,
    (SELECT count(*) FROM organisation_member m WHERE m.organisation = o.id AND m.left_on IS NULL)::int AS members
    FROM organisation o JOIN place p ON p.id = o.place"""
WHERE = f"""WHERE $2 IN (p.id, p.parent, p.district) AND ($3::text IS NULL OR o.kind = $3)
    AND (o.ended_on IS NULL OR $4::boolean) AND ({findable("o.name")} || ' ' || p.name) ILIKE ALL ($5)"""


@dataclass(frozen=True)
class OrganisationRow:
    """`courses` not ended, `runs_left` not over, `members` now."""

    id: int
    kind: str
    name: str
    district_id: int
    ended_on: date | None
    place_id: int
    place_code: str
    place_name: str
    courses: int
    runs_left: int
    members: int


@dataclass(frozen=True)
class Sought:
    """Which organisations: in this place and below it; every word in the name of it or of its place."""

    place_id: int
    kind: str | None = None
    words: str = ""
    with_ended: bool = False


async def organisations(
    sought: Sought, *, order: str = "name", limit: int = 50, offset: int = 0
) -> list[OrganisationRow]:
    """At most `limit` after `offset`, in one of ORDERS."""
    found = await rows(
        f"{COLUMNS} {WHERE} ORDER BY {ORDERS[order]} LIMIT $6 OFFSET $7", now(), *_given(sought), limit, offset
    )
    return [OrganisationRow(**one) for one in found]


async def how_many_organisations(sought: Sought) -> int:
    """How many there are without a limit."""
    found: int = await value(
        f"""SELECT count(*) FROM organisation o JOIN place p ON p.id = o.place
        {WHERE} AND $1::timestamptz IS NOT NULL""",
        now(),
        *_given(sought),
    )
    return found


async def organisation(organisation_id: int) -> OrganisationRow:
    """Raises Missing."""
    found = await rows(f"{COLUMNS} WHERE o.id = $2", now(), organisation_id)
    if not found:
        raise Missing
    return OrganisationRow(**found[0])


def _given(sought: Sought) -> list[object]:
    return [sought.place_id, sought.kind, sought.with_ended, containing(sought.words)]
