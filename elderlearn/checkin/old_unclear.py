"""Unclear scans that waited too long: for the front page of the offices, the gauge, and who is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.unclear import WHICH
from elderlearn.ground.sql import rows, value

DAYS = 7  # where a district has chosen nothing else
# Older ones belong to years that are published; nobody is reminded of them for ever.
SCANS = "scan k JOIN session s ON s.id = k.session LEFT JOIN district_setting g ON g.district = s.district"
IS_OPEN = f"""k.verdict = 'flagged' AND {WHICH["open"]} AND k.received_at > now() - interval '400 days'"""
IS_OLD = f"k.received_at < now() - make_interval(days => coalesce(g.unclear_days, {DAYS}))"
GAUGE = f"SELECT count(*) AS waiting, count(*) FILTER (WHERE {IS_OLD}) AS old FROM {SCANS} WHERE {IS_OPEN}"


@dataclass(frozen=True)
class Reminded:
    """A leader with unclear scans that waited too long: how many, and since when the first of them."""

    staff_id: int
    district_id: int
    language: str | None
    phone_cipher: bytes
    how_many: int
    since: datetime


async def days_allowed(district_id: int) -> int:
    """How many days one may wait in this district before people are told."""
    found: int | None = await value("SELECT unclear_days FROM district_setting WHERE district = $1", district_id)
    return found or DAYS


async def how_many_old(place_id: int) -> int:
    """Those of the organisations in a place and below it; for a door that has let its viewer in."""
    found: int = await value(
        f"""SELECT count(*) FROM {SCANS} WHERE {IS_OPEN} AND {IS_OLD} AND s.organisation = ANY(ARRAY(
            SELECT o.id FROM organisation o JOIN place p ON p.id = o.place
            WHERE $1 IN (p.id, p.parent, p.district)))""",
        place_id,
    )
    return found


async def leaders_to_remind() -> list[Reminded]:
    """Those with a telephone on file; of all others the office knows by its front page."""
    found = await rows(
        f"""SELECT w.id AS staff_id, w.district AS district_id, w.language, w.phone_cipher, x.how_many, x.since
        FROM (SELECT l.staff, count(*) AS how_many, min(k.received_at) AS since
            FROM {SCANS} JOIN run_leader l ON l.run = s.run WHERE {IS_OPEN} AND {IS_OLD} GROUP BY l.staff) x
        JOIN staff w ON w.id = x.staff AND w.ended_at IS NULL AND w.phone_cipher IS NOT NULL ORDER BY w.id"""
    )
    return [Reminded(**one) for one in found]
