"""A community leaves a reporting unit, was never in it, or the unit itself ends."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work


async def end_place(member_id: int, *, ends_on: date | None, by: Actor) -> None:
    """Its last day in the unit; none: it was written down by mistake and never was in it.

    A day may also be put later, as long as it then is in no other unit. Raises Missing,
    Refusal('invalid_days', 'in_unit', 'unit_ended').
    """
    async with unit_of_work():
        place = await row("SELECT unit, place FROM reporting_unit_place WHERE id = $1", member_id)
        if place is None:
            raise Missing
        unit = await row(
            "SELECT district, ends_on FROM reporting_unit WHERE id = $1 FOR NO KEY UPDATE", place["unit"]
        )
        await rows("SELECT id FROM place WHERE id = $1 FOR NO KEY UPDATE", place["place"])
        held = await row(
            "SELECT starts_on FROM reporting_unit_place WHERE id = $1 AND voided_at IS NULL", member_id
        )
        if held is None or unit is None:
            raise Missing
        if ends_on is None:
            await rows("UPDATE reporting_unit_place SET voided_at = $2 WHERE id = $1", member_id, now())
        else:
            await _check(member_id, place["place"], held["starts_on"], ends_on, unit["ends_on"])
            await rows("UPDATE reporting_unit_place SET ends_on = $2 WHERE id = $1", member_id, ends_on)
        await note(
            "unit.end_place" if ends_on else "unit.void_place", by=by, subject="reporting_unit",
            subject_id=place["unit"], district=unit["district"], member=member_id, ends_on=ends_on,
        )  # fmt: skip


async def _check(member_id: int, place_id: int, starts_on: date, ends_on: date, unit_ends_on: date | None) -> None:
    if ends_on < starts_on:
        raise Refusal("invalid_days")
    if unit_ends_on is not None and ends_on > unit_ends_on:
        raise Refusal("unit_ended", ends_on=unit_ends_on)
    other = await row(
        """SELECT p.name AS place, u.name AS unit, m.starts_on, m.ends_on FROM reporting_unit_place m
        JOIN place p ON p.id = m.place JOIN reporting_unit u ON u.id = m.unit
        WHERE m.place = $1 AND m.id <> $2 AND m.voided_at IS NULL
            AND daterange(m.starts_on, m.ends_on, '[]') && daterange($3, $4, '[]')""",
        place_id,
        member_id,
        starts_on,
        ends_on,
    )
    if other is not None:
        raise Refusal("in_unit", **dict(other))


async def end_unit(unit_id: int, *, ends_on: date, by: Actor) -> None:
    """Its last day, and that of every community still in it; what would have come later never came.

    Reports of earlier days keep it. Raises Missing.
    """
    async with unit_of_work():
        unit = await row("SELECT district FROM reporting_unit WHERE id = $1 FOR NO KEY UPDATE", unit_id)
        if unit is None:
            raise Missing
        await rows(
            """SELECT id FROM place WHERE id IN (SELECT place FROM reporting_unit_place WHERE unit = $1)
            ORDER BY id FOR NO KEY UPDATE""",
            unit_id,
        )
        await rows(
            """UPDATE reporting_unit_place SET voided_at = CASE WHEN starts_on > $2 THEN $3::timestamptz END,
                ends_on = CASE WHEN starts_on > $2 THEN ends_on ELSE $2 END
            WHERE unit = $1 AND voided_at IS NULL AND (ends_on IS NULL OR ends_on > $2)""",
            unit_id,
            ends_on,
            now(),
        )
        await rows("UPDATE reporting_unit SET ends_on = $2 WHERE id = $1", unit_id, ends_on)
        await note(
            "unit.end", by=by, subject="reporting_unit", subject_id=unit_id, district=unit["district"],
            ends_on=ends_on,
        )  # fmt: skip
