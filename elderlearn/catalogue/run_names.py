"""How lists name a run: by when it first meets, and the second of two alike by its number: 2025-09-08 09:00 #2."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.spreadsheets.days import read_moment
from elderlearn.ground.sql import rows

NUMBERED = re.compile(r"(.+?)(?:\s*[#＃]\s*([0-9]{1,3}))?")
# When each run first meets, and its number among those alike, by age.
NAMED = """SELECT r.id, r.organisation, c.title, date_trunc('minute', first.at) AS first, row_number() OVER (
        PARTITION BY r.organisation, c.title, date_trunc('minute', first.at) ORDER BY r.id) AS number
    FROM course_run r JOIN course c ON c.id = r.course
    CROSS JOIN LATERAL (SELECT min(s.starts_at) AS at FROM session s WHERE s.run = r.id) AS first
    WHERE first.at IS NOT NULL"""


@dataclass(frozen=True)
class RunName:
    """`number` from 1 among those of one organisation and course that first meet then."""

    starts_at: datetime
    number: int = 1

    def __str__(self) -> str:
        """As a list writes it, in Shanghai."""
        text = f"{self.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        return text if self.number == 1 else f"{text} #{self.number}"


@dataclass(frozen=True)
class Listed:
    """A run as a list names it."""

    organisation_id: int
    title: str
    name: RunName


def read_run_name(text: str) -> RunName | None:
    """None when it says no moment."""
    found = NUMBERED.fullmatch(text.strip())
    moment = read_moment(found[1].strip()) if found else None
    if found is None or moment is None:
        return None
    return RunName(moment.astimezone(UTC), max(1, int(found[2] or 1)))


async def runs_listed(listed: Collection[Listed]) -> dict[Listed, int]:
    """The ids of those on file."""
    found = await rows(
        f"""SELECT * FROM ({NAMED} AND r.organisation = ANY($1::bigint[])) AS n
        WHERE n.first = ANY($2::timestamptz[])""",
        sorted({one.organisation_id for one in listed}),
        sorted({one.name.starts_at for one in listed}),
    )
    known = {
        Listed(one["organisation"], one["title"], RunName(one["first"].astimezone(UTC), one["number"])): one["id"]
        for one in found
    }
    return {one: known[one] for one in listed if one in known}
