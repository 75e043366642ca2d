"""A reporting unit is added, or called otherwise."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.unit_rules import check_unit


async def add_unit(district_id: int, *, code: str, name: str, kind: str, by: Actor) -> int:
    """Its id; it has no communities yet. Raises Refusal('code_taken') and those of `check_unit`."""
    code, name = check_unit(code, name, kind)
    async with unit_of_work():
        await _lock_codes(district_id)
        new: int | None = await value(
            """INSERT INTO reporting_unit (district, code, name, kind) VALUES ($1, $2, $3, $4)
            ON CONFLICT (district, code) DO NOTHING RETURNING id""",
            district_id,
            code,
            name,
            kind,
        )
        if new is None:
            raise Refusal("code_taken", unit_code=code)
        await note(
            "unit.add", by=by, subject="reporting_unit", subject_id=new, district=district_id, code=code,
            name=name, kind=kind,
        )  # fmt: skip
    return new


async def change_unit(unit_id: int, *, code: str, name: str, kind: str, by: Actor) -> None:
    """The same again changes nothing. Raises Missing, Refusal('code_taken') and those of `check_unit`."""
    code, name = check_unit(code, name, kind)
    async with unit_of_work():
        was = await row(
            "SELECT district, code, name, kind FROM reporting_unit WHERE id = $1 FOR NO KEY UPDATE", unit_id
        )
        if was is None:
            raise Missing
        if (was["code"], was["name"], was["kind"]) == (code, name, kind):
            return
        await _lock_codes(was["district"])
        taken = "SELECT id FROM reporting_unit WHERE district = $1 AND code = $2 AND id <> $3"
        if await value(taken, was["district"], code, unit_id) is not None:
            raise Refusal("code_taken", unit_code=code)
        await row(
            "UPDATE reporting_unit SET code = $2, name = $3, kind = $4 WHERE id = $1", unit_id, code, name, kind
        )
        await note(
            "unit.change", by=by, subject="reporting_unit", subject_id=unit_id, district=was["district"],
            code=code, name=name, kind=kind, was={"code": was["code"], "name": was["name"], "kind": was["kind"]},
        )  # fmt: skip


async def _lock_codes(district_id: int) -> None:
    """Two who choose the same code do so one after the other."""
    await value("SELECT id FROM place WHERE id = $1 FOR NO KEY UPDATE", district_id)
