"""An organisation gets another name, kind or place, as far as nothing counted before would change; or it ends."""

from __future__ import annotations

from datetime import date

from asyncpg import Record

from elderlearn.catalogue.ending import check_ending, still_to_come
from elderlearn.catalogue.join_requests import decline_all
from elderlearn.catalogue.organise import KINDS, known_place
from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.queries import PlaceRow

FACTS = """SELECT o.name, o.kind, o.place, p.code, o.district, o.ended_on FROM organisation o
    JOIN place p ON p.id = o.place WHERE o.id = $1 FOR NO KEY UPDATE OF o"""


async def change_organisation(organisation_id: int, *, name: str, kind: str, place_code: str, by: Actor) -> None:
    """The name always; the place until it has a run, because figures stand by place; a society with members
    stays one. Nothing different, nothing noted.

    Raises Missing; Refusal: invalid_name, invalid_kind, unknown_place, organisation_ended, place_is_fixed,
    kind_is_fixed.
    """
    title, place = normal_title(name), await known_place(place_code)
    if kind not in KINDS:
        raise Refusal("invalid_kind", kind=kind)
    async with unit_of_work():
        was = await _held(organisation_id)
        if was["ended_on"] is not None:
            raise Refusal("organisation_ended")
        await _check_place(organisation_id, was, place)
        await _check_kind(organisation_id, was, kind)
        new = {"name": title, "kind": kind, "code": place.code}
        changed = {key: [was[key], new[key]] for key in new if was[key] != new[key]}
        if changed:
            await value(
                "UPDATE organisation SET name = $2, name_pinyin = $3, kind = $4, place = $5 WHERE id = $1",
                organisation_id, title, spelled(title), kind, place.id,
            )  # fmt: skip
            await _note("change_organisation", organisation_id, was, by, **changed)


async def end_organisation(organisation_id: int, on: date, *, by: Actor) -> None:
    """From that day it offers nothing new; its courses end with it. Twice is the same.

    Raises Missing; Refusal: invalid_date, runs_are_open (`runs` says how many are not over).
    """
    check_ending(on)
    async with unit_of_work():
        was = await _held(organisation_id)
        if was["ended_on"] is not None:
            return
        await rows("SELECT id FROM course WHERE organisation = $1 ORDER BY id FOR NO KEY UPDATE", organisation_id)
        left = await still_to_come("organisation", organisation_id)
        if left:
            raise Refusal("runs_are_open", runs=left)
        await value("UPDATE organisation SET ended_on = $2 WHERE id = $1", organisation_id, on)
        await decline_all(organisation_id)
        ended = await rows(
            "UPDATE course SET state = 'ended' WHERE organisation = $1 AND state <> 'ended' RETURNING id",
            organisation_id,
        )
        await trail.note_many(
            "end_course", by=by, subject="course", district=was["district"],
            changes=[(one["id"], {"organisation": organisation_id}) for one in ended],
        )  # fmt: skip
        await _note("end_organisation", organisation_id, was, by, on=on)


async def _held(organisation_id: int) -> Record:
    found = await row(FACTS, organisation_id)
    if found is None:
        raise Missing
    return found


async def _check_place(organisation_id: int, was: Record, place: PlaceRow) -> None:
    if place.id == was["place"]:
        return
    if place.district_id != was["district"]:
        raise Refusal("unknown_place", place_code=place.code)
    if await value("SELECT EXISTS (SELECT FROM course_run WHERE organisation = $1)", organisation_id):
        raise Refusal("place_is_fixed")


async def _check_kind(organisation_id: int, was: Record, kind: str) -> None:
    if was["kind"] == "society" != kind and await value(
        "SELECT EXISTS (SELECT FROM organisation_member WHERE organisation = $1)", organisation_id
    ):
        raise Refusal("kind_is_fixed")


async def _note(action: str, organisation_id: int, was: Record, by: Actor, **detail: object) -> None:
    await trail.note(
        action, by=by, subject="organisation", subject_id=organisation_id, district=was["district"], **detail
    )
