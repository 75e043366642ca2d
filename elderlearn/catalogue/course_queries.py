"""Asking for courses: as a list to look through, and one of them."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.queries import containing
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import findable, in_order
from elderlearn.ground.sql import rows, value

STATES = ("draft", "released", "ended")
BY_TITLE = f"{in_order('c.title')}, c.id"
ORDERS = {
    "title": BY_TITLE,
    "organisation": f"{in_order('o.name')}, {BY_TITLE}",
    "state": f"c.state, {BY_TITLE}",
    "runs": f"runs DESC, {BY_TITLE}",
    "newest": "c.id DESC",
}
COLUMNS = """SELECT c.id, c.title, c.subject, c.state, c.district AS district_id, o.id AS organisation_id,
    o.name AS organisation_name, p.id AS place_id, p.name AS place_name,
    (SELECT count(*) FROM course_run r WHERE r.course = c.id)::int AS runs,
    (SELECT count(*) FROM course_run r WHERE r.course = c.id AND r.ends_at >= $1)::int AS runs_left
    FROM course c JOIN organisation o ON o.id = c.organisation JOIN place p ON p.id = o.place"""
WHERE = f"""WHERE $2 IN (p.id, p.parent, p.district) AND ($3::text IS NULL OR c.state = $3)
    AND ($4::bigint IS NULL OR o.id = $4)
    AND ({findable("c.title")} || ' ' || c.subject || ' ' || {findable("o.name")} || ' '
        || p.name) ILIKE ALL ($5)
    AND (NOT $6::boolean OR c.state = 'released'
        AND NOT EXISTS (SELECT FROM course_run r WHERE r.course = c.id))"""


@dataclass(frozen=True)
class CourseRow:
    """`runs` ever, `runs_left` not over."""

    id: int
    title: str
    subject: str
    state: str
    district_id: int
    organisation_id: int
    organisation_name: str
    place_id: int
    place_name: str
    runs: int
    runs_left: int


@dataclass(frozen=True)
class SoughtCourse:
    """Which courses: of organisations in this place and below it. `never_held`: released, and without any run, so
    that nobody can enrol."""

    place_id: int
    state: str | None = None
    organisation_id: int | None = None
    words: str = ""
    never_held: bool = False


async def courses(
    sought: SoughtCourse, *, order: str = "title", limit: int = 50, offset: int = 0
) -> list[CourseRow]:
    """At most `limit` after `offset`, in one of ORDERS."""
    found = await rows(
        f"{COLUMNS} {WHERE} ORDER BY {ORDERS[order]} LIMIT $7 OFFSET $8", now(), *_given(sought), limit, offset
    )
    return [CourseRow(**one) for one in found]


async def how_many_courses(sought: SoughtCourse) -> int:
    """How many there are without a limit."""
    found: int = await value(
        f"""SELECT count(*) FROM course c JOIN organisation o ON o.id = c.organisation
        JOIN place p ON p.id = o.place {WHERE} AND $1::timestamptz IS NOT NULL""",
        now(),
        *_given(sought),
    )
    return found


async def course(course_id: int) -> CourseRow:
    """Raises Missing."""
    found = await rows(f"{COLUMNS} WHERE c.id = $2", now(), course_id)
    if not found:
        raise Missing
    return CourseRow(**found[0])


def _given(sought: SoughtCourse) -> list[object]:
    return [sought.place_id, sought.state, sought.organisation_id, containing(sought.words), sought.never_held]
