"""What a plan asks for: regulars per thousand elders, from a day until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

MEASURE = "regulars_per_mille"


async def set_target(
    district_id: int, per_mille: int, *, starts_on: date, by: Actor, ends_on: date | None = None, source: str = ""
) -> int:
    """Aim at so many regulars per thousand elders from that day on; what was aimed at until then ends the day
    before. Set twice is the same. Answers the id. Raises Refusal('invalid_target').
    """
    if not 0 < per_mille <= 1000 or (ends_on is not None and ends_on < starts_on):
        raise Refusal("invalid_target", per_mille=per_mille)
    async with unit_of_work():
        await rows("SELECT id FROM place WHERE id = $1 FOR NO KEY UPDATE", district_id)
        same = await row(
            """SELECT id FROM target WHERE district = $1 AND measure = $2 AND value = $3 AND starts_on = $4
                AND ends_on IS NOT DISTINCT FROM $5 AND source = $6""",
            district_id, MEASURE, per_mille, starts_on, ends_on, source,
        )  # fmt: skip
        if same is not None:
            return int(same["id"])
        await _end_earlier(district_id, starts_on - timedelta(days=1))
        new: int = await value(
            """INSERT INTO target (district, measure, value, starts_on, ends_on, source)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
            district_id, MEASURE, per_mille, starts_on, ends_on, source,
        )  # fmt: skip
        await note(
            "target.set", by=by, subject="target", subject_id=new, district=district_id, per_mille=per_mille,
            starts_on=starts_on, ends_on=ends_on,
        )  # fmt: skip
    return new


async def target_of(district_id: int, on: date) -> int | None:
    """Per mille aimed at on that day; none when no plan says anything. The latest set wins."""
    found: int | None = await value(
        """SELECT value FROM target WHERE district = $1 AND measure = $2 AND starts_on <= $3
            AND (ends_on IS NULL OR ends_on >= $3) ORDER BY starts_on DESC, id DESC LIMIT 1""",
        district_id,
        MEASURE,
        on,
    )
    return found


@dataclass(frozen=True)
class Aim:
    """So many regulars per thousand elders, from a day until a day."""

    per_mille: int
    starts_on: date
    ends_on: date | None
    source: str


async def aims_of(district_id: int) -> list[Aim]:
    """All targets of the district, the latest first."""
    found = await rows(
        """SELECT value AS per_mille, starts_on, ends_on, source FROM target
        WHERE district = $1 AND measure = $2 ORDER BY starts_on DESC, id DESC""",
        district_id,
        MEASURE,
    )
    return [Aim(**one) for one in found]


async def _end_earlier(district_id: int, last_on: date) -> None:
    await rows(
        """UPDATE target SET ends_on = $3 WHERE district = $1 AND measure = $2 AND starts_on <= $3
            AND (ends_on IS NULL OR ends_on > $3)""",
        district_id,
        MEASURE,
        last_on,
    )
