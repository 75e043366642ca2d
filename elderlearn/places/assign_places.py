"""Communities come to a reporting unit from a day on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note_many
from elderlearn.ground.unit_of_work import unit_of_work


async def assign_places(
    unit_id: int,
    place_ids: Collection[int],
    *,
    starts_on: date,
    ends_on: date | None = None,
    moves: bool = False,
    by: Actor,
) -> int:
    """How many came anew; both days belong to it. All or nothing, and twice changes nothing.

    With `moves` a community leaves the unit it was in on the day before; otherwise that is refused. Raises
    Missing, Refusal('no_places', 'invalid_days', 'unit_ended', 'not_a_community', 'in_other_unit', 'in_unit').
    """
    ids = sorted(set(place_ids))
    if not ids:
        raise Refusal("no_places")
    if ends_on is not None and ends_on < starts_on:
        raise Refusal("invalid_days")
    async with unit_of_work():
        unit = await row("SELECT district, ends_on FROM reporting_unit WHERE id = $1 FOR NO KEY UPDATE", unit_id)
        if unit is None:
            raise Missing
        if unit["ends_on"] is not None and (ends_on is None or ends_on > unit["ends_on"]):
            raise Refusal("unit_ended", ends_on=unit["ends_on"])
        await _lock_communities(ids, unit["district"])
        there = await _overlapping(ids, starts_on, ends_on)
        known = {one["place"] for one in there if _holds(one, unit_id, starts_on, ends_on)}
        leaving = [one for one in there if one["place"] not in known]
        for one in leaving:
            _check_may_leave(one, unit_id, starts_on, ends_on, moves=moves)
        await _leave(leaving, starts_on - timedelta(days=1), unit["district"], by)
        new = [one for one in ids if one not in known]
        await _come(unit_id, new, starts_on, ends_on, unit["district"], by)
    return len(new)


async def _lock_communities(ids: Sequence[int], district_id: int) -> None:
    """Held to the end, so that two who assign the same community do so one after the other."""
    found = await rows(
        """SELECT id FROM place WHERE id = ANY($1::bigint[]) AND district = $2 AND level = 'community'
        ORDER BY id FOR NO KEY UPDATE""",
        ids,
        district_id,
    )
    if len(found) < len(ids):
        raise Refusal("not_a_community")


async def _overlapping(ids: Sequence[int], starts_on: date, ends_on: date | None) -> Sequence[Record]:
    return await rows(
        """SELECT m.id, m.place, m.unit, m.starts_on, m.ends_on, p.name, u.name AS unit_name
        FROM reporting_unit_place m JOIN place p ON p.id = m.place JOIN reporting_unit u ON u.id = m.unit
        WHERE m.place = ANY($1::bigint[]) AND m.voided_at IS NULL
            AND daterange(m.starts_on, m.ends_on, '[]') && daterange($2::date, $3::date, '[]')
        ORDER BY p.code, m.starts_on""",
        ids,
        starts_on,
        ends_on,
    )


def _holds(one: Record, unit_id: int, starts_on: date, ends_on: date | None) -> bool:
    """It is in this unit on all these days already."""
    until = one["ends_on"]
    lasts = until is None or (ends_on is not None and ends_on <= until)
    return bool(one["unit"] == unit_id and one["starts_on"] <= starts_on and lasts)


def _check_may_leave(one: Record, unit_id: int, starts_on: date, ends_on: date | None, *, moves: bool) -> None:
    """Only what began earlier and would not go on afterwards can be ended the day before."""
    values = {"place": one["name"], "unit": one["unit_name"], "starts_on": one["starts_on"]}
    goes_on = ends_on is not None and (one["ends_on"] is None or one["ends_on"] > ends_on)
    if one["unit"] == unit_id or one["starts_on"] >= starts_on or goes_on:
        raise Refusal("in_unit", **values, ends_on=one["ends_on"])
    if not moves:
        raise Refusal("in_other_unit", **values, ends_on=one["ends_on"])


async def _leave(leaving: Sequence[Record], last_on: date, district_id: int, by: Actor) -> None:
    ids = [one["id"] for one in leaving]
    await rows("UPDATE reporting_unit_place SET ends_on = $2 WHERE id = ANY($1::bigint[])", ids, last_on)
    await note_many(
        "unit.end_place", by=by, subject="reporting_unit", district=district_id,
        changes=[(one["unit"], {"place": one["name"], "ends_on": last_on}) for one in leaving],
    )  # fmt: skip


async def _come(
    unit_id: int, ids: Sequence[int], starts_on: date, ends_on: date | None, district_id: int, by: Actor
) -> None:
    found = await rows(
        """INSERT INTO reporting_unit_place (unit, place, starts_on, ends_on)
        SELECT $1, n.place, $3, $4 FROM unnest($2::bigint[]) AS n (place)
        RETURNING (SELECT code FROM place p WHERE p.id = place) AS code""",
        unit_id, ids, starts_on, ends_on,
    )  # fmt: skip
    days = {"starts_on": starts_on, "ends_on": ends_on}
    await note_many(
        "unit.assign", by=by, subject="reporting_unit", district=district_id,
        changes=[(unit_id, {"place": one["code"]} | days) for one in found],
    )  # fmt: skip
