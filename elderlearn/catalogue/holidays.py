"""Holidays of a district: days on which weekly classes do not meet. The office types them in every year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work

MOST = 400  # days at a time
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


async def add_holidays(district_id: int, days: Mapping[date, str], *, by: Actor) -> int:
    """How many of these days are new or got another name; sessions already planned stay where they are.

    Raises Refusal: invalid_holidays (none, more than 400, or years nobody can mean), invalid_name.
    """
    if not 0 < len(days) <= MOST or not all(FIRST <= one <= LAST for one in days):
        raise Refusal("invalid_holidays", most=MOST)
    named = {one: normal_title(days[one], longest=60) for one in sorted(days)}
    async with unit_of_work():
        written = await rows(
            """INSERT INTO holiday AS h (district, on_date, name)
            SELECT $1, d.on_date, d.name FROM unnest($2::date[], $3::text[]) AS d (on_date, name)
            ON CONFLICT (district, on_date) DO UPDATE SET name = excluded.name WHERE h.name <> excluded.name
            RETURNING on_date, name""",
            district_id, list(named), list(named.values()),
        )  # fmt: skip
        if written:
            await trail.note(
                "add_holidays", by=by, subject="district", subject_id=district_id, district=district_id,
                days=[[one["on_date"], one["name"]] for one in written],
            )  # fmt: skip
    return len(written)


async def drop_holiday(district_id: int, on: date, *, by: Actor) -> None:
    """Classes may meet on that day again. Raises Missing when it is no holiday."""
    async with unit_of_work():
        gone = await row(
            "DELETE FROM holiday WHERE district = $1 AND on_date = $2 RETURNING name", district_id, on
        )
        if gone is None:
            raise Missing
        await trail.note(
            "drop_holiday", by=by, subject="district", subject_id=district_id, district=district_id,
            on=on, name=gone["name"],
        )  # fmt: skip


async def holidays_between(district_id: int, first: date, last: date) -> dict[date, str]:
    """The holidays of these days, both included, by day."""
    found = await rows(
        """SELECT on_date, name FROM holiday WHERE district = $1 AND on_date BETWEEN $2 AND $3
        ORDER BY on_date""",
        district_id, first, last,
    )  # fmt: skip
    return {one["on_date"]: one["name"] for one in found}
